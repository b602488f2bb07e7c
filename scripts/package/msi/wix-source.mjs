import { guid } from './guid.mjs';

/** Where browsers look for hosts in the registry, by the manifest that is for them. */
const browserKeys = {
  'roleferry.chromium.json': ['Google\\Chrome', 'Chromium', 'Microsoft\\Edge'],
  'roleferry.firefox.json': ['Mozilla'],
};

/**
 * What wixl makes a package from: the executable, the host manifests and the keys that lead browsers to them.
 * `productCode`: of this version. A newer version takes the place of an older one.
 */
export function wixSource({ version, scope, productCode }) {
  const root = scope === 'machine' ? 'HKLM' : 'HKCU';
  const component = (name, contents) =>
    `<Component Id="${name}" Guid="${guid(`component ${scope} ${name}`)}" Win64="yes">${contents}</Component>`;
  const file = (id, name) => `<File Id="${id}" Name="${name}" Source="${name}" KeyPath="yes"/>`;
  const manifests = Object.entries(browserKeys).map(([name, browsers], index) => {
    const keys = browsers.map(
      (browser) =>
        `<RegistryValue Root="${root}" Key="Software\\${browser}\\NativeMessagingHosts\\roleferry" Type="string" Value="[INSTALLDIR]${name}"/>`,
    );
    return component(`Manifest${index}`, [file(`ManifestFile${index}`, name), ...keys].join(''));
  });
  const contents = [component('Program', file('Executable', 'roleferry.exe')), ...manifests].join('\n');
  const folder = `<Directory Id="INSTALLDIR" Name="Roleferry">\n${contents}\n</Directory>`;
  const place =
    scope === 'machine'
      ? `<Directory Id="ProgramFiles64Folder">${folder}</Directory>`
      : `<Directory Id="LocalAppDataFolder"><Directory Id="Programs" Name="Programs">${folder}</Directory></Directory>`;
  return `<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
<Product Id="${productCode}" Name="Roleferry" Version="${version}" Manufacturer="Roleferry" Language="1033" UpgradeCode="${guid(`upgrade ${scope}`)}">
<Package InstallerVersion="500" Compressed="yes" InstallScope="${scope === 'machine' ? 'perMachine' : 'perUser'}" InstallPrivileges="${scope === 'machine' ? 'elevated' : 'limited'}"/>
<MajorUpgrade DowngradeErrorMessage="A newer version of Roleferry is installed."/>
<Media Id="1" Cabinet="roleferry.cab" EmbedCab="yes"/>
<!-- The executable has the version of the Node in it, by which Windows would take a newer Roleferry for an older file. -->
<Property Id="REINSTALLMODE" Value="amus"/>
<!-- A host at work goes on: Windows puts its file aside instead of ending it. -->
<Property Id="MSIRESTARTMANAGERCONTROL" Value="Disable"/>
<Property Id="REBOOT" Value="ReallySuppress"/>
<Directory Id="TARGETDIR" Name="SourceDir">
${place}
</Directory>
<Feature Id="Main" Level="1">
${['Program', ...manifests.map((_, index) => `Manifest${index}`)].map((id) => `<ComponentRef Id="${id}"/>`).join('')}
</Feature>
</Product>
</Wix>
`;
}
