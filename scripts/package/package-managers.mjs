import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { msiEnding, productCode, scopes } from './msi/make-msi.mjs';
import { sha256Of } from './sha256-of.mjs';

const description = 'Temporary AWS credentials from the SAML login in the browser';
const identifier = 'Roleferry.Roleferry';

/**
 * Writes what Homebrew, Scoop and winget install from, into the folders of those names in `folder`. The release's files
 * are in `folder`, and will be below `url`, the address of the repository's releases on GitHub.
 */
export function writePackageManagers({ folder, version, url }) {
  const download = (ending) => ({
    url: `${url}/releases/download/v${version}/roleferry-${version}${ending}`,
    hash: sha256Of(join(folder, `roleferry-${version}${ending}`)),
  });
  const files = {
    'homebrew/roleferry.rb': formula(version, url, download),
    'scoop/roleferry.json': `${JSON.stringify(scoop(version, url, download), null, 4)}\n`,
    ...winget(version, url, download),
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** Homebrew keeps formulas out of the user's folders, so the user runs `install` and `uninstall`. */
const formula = (version, url, download) => {
  const platform = (ending) => {
    const { url, hash } = download(ending);
    return `url "${url}"\n      sha256 "${hash}"`;
  };
  return `class Roleferry < Formula
  desc "${description}"
  homepage "${url}"
  version "${version}"
  license "Apache-2.0"

  on_macos do
    on_arm do
      ${platform('-darwin-arm64')}
    end
    on_intel do
      ${platform('-darwin-x64')}
    end
  end

  on_linux do
    on_arm do
      ${platform('-linux-arm64')}
    end
    on_intel do
      ${platform('-linux-x64')}
    end
  end

  def install
    bin.install Dir["roleferry-*"].first => "roleferry"
  end

  def caveats
    <<~EOS
      To register the native host with your browsers, now and after each upgrade:
        roleferry install
      Before you remove this formula:
        roleferry uninstall
    EOS
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/roleferry --version")
  end
end
`;
};

/** `$cmd` tells a removal from an update, which the running host outlives: it has a copy of its own. */
function scoop(version, url, download) {
  const { url: executable, hash } = download('-win-x64.exe');
  return {
    version,
    description,
    homepage: url,
    license: 'Apache-2.0',
    architecture: { '64bit': { url: `${executable}#/roleferry.exe`, hash } },
    bin: 'roleferry.exe',
    post_install: '& "$dir\\roleferry.exe" install',
    pre_uninstall: 'if ($cmd -eq \'uninstall\') { & "$dir\\roleferry.exe" uninstall }',
    checkver: { github: url },
    autoupdate: {
      architecture: {
        '64bit': {
          url: `${url}/releases/download/v$version/roleferry-$version-win-x64.exe#/roleferry.exe`,
        },
      },
    },
  };
}

/** JSON is YAML too, so that values need no quoting of our own. */
function winget(version, url, download) {
  const manifest = (type, fields) =>
    `${JSON.stringify(
      {
        PackageIdentifier: identifier,
        PackageVersion: version,
        ...fields,
        ManifestType: type,
        ManifestVersion: '1.10.0',
      },
      null,
      2,
    )}\n`;
  const installers = scopes.map((scope) => {
    const { url: InstallerUrl, hash } = download(msiEnding(scope));
    return {
      Architecture: 'x64',
      Scope: scope,
      InstallerUrl,
      InstallerSha256: hash.toUpperCase(),
      ProductCode: `{${productCode(version, scope)}}`,
    };
  });
  return {
    [`winget/${identifier}.yaml`]: manifest('version', { DefaultLocale: 'en-US' }),
    [`winget/${identifier}.installer.yaml`]: manifest('installer', {
      InstallerType: 'wix',
      UpgradeBehavior: 'install',
      Commands: ['roleferry'],
      Installers: installers,
    }),
    [`winget/${identifier}.locale.en-US.yaml`]: manifest('defaultLocale', {
      PackageLocale: 'en-US',
      Publisher: 'Roleferry',
      PackageName: 'Roleferry',
      PackageUrl: url,
      License: 'Apache-2.0',
      ShortDescription: description,
    }),
  };
}
