import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../set-up/run.mjs';
import { pinnedNode } from './executables/find-node.mjs';
import { runNpm } from './run-npm.mjs';

/**
 * What the product is made of, as CycloneDX JSON: only the packages that are in the built files, the Node of the
 * executables for `platforms`, and nothing that differs between runs.
 */
export function billOfMaterials(platforms) {
  const bundled = new Set(JSON.parse(readFileSync(join(root, 'dist/bundled-packages.json'), 'utf8')));
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const own = `${name}@${version}`;
  const { serialNumber, metadata, components, dependencies, ...bom } = JSON.parse(
    runNpm('sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'),
  );
  const unknown = [...bundled].filter((ref) => !components.some((part) => part['bom-ref'] === ref));
  if (unknown.length > 0) throw new Error(`npm does not know ${unknown.join(', ')}`);
  const { timestamp, tools, component, ...aboutBuild } = metadata;
  const isKept = (ref) => ref === own || bundled.has(ref);
  return {
    ...bom,
    metadata: { ...aboutBuild, component: { ...component, name } },
    components: components
      .filter(({ 'bom-ref': ref }) => bundled.has(ref))
      // To npm all of them are development dependencies, since installing the package installs none.
      .map(({ properties, ...part }) => ({ ...part, scope: 'required' }))
      .concat(platforms.map(nodeFor))
      .sort(by('bom-ref')),
    dependencies: dependencies
      .filter(({ ref }) => isKept(ref))
      .map(({ ref, dependsOn }) => ({
        ref,
        dependsOn: (ref === own ? [...bundled] : dependsOn.filter(isKept)).sort(),
      }))
      .sort(by('ref')),
  };
}

/** The Node of the executable for a platform. Its hash is that of the npm package it is from. */
function nodeFor(platform) {
  const { package: name, version, integrity } = pinnedNode(platform);
  const [algorithm, sum] = integrity.split('-');
  if (algorithm !== 'sha512') throw new Error(`${name} has no SHA-512`);
  return {
    'bom-ref': `${name}@${version}`,
    type: 'application',
    name,
    version,
    scope: 'required',
    description: `Node.js, in the executable for ${platform}`,
    purl: `pkg:npm/${name}@${version}`,
    hashes: [{ alg: 'SHA-512', content: Buffer.from(sum, 'base64').toString('hex') }],
    licenses: [{ license: { id: 'MIT' } }],
  };
}

const by = (key) => (a, b) => (a[key] < b[key] ? -1 : 1);
