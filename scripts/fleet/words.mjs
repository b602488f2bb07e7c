/** The texts of the templates for Windows by language; those of the entries in English are the schema's own. */
export const words = {
  'en-US': (schema) => ({
    roleferry: 'Roleferry',
    description: 'What can be fixed for the extension Roleferry.',
    supported: 'Chrome and Edge 120 and newer',
    asJson: 'As JSON text, with the parts:',
    entries: schema.properties,
  }),
  'de-DE': () => ({
    roleferry: 'Roleferry',
    description: 'Was für die Erweiterung Roleferry festgelegt werden kann.',
    supported: 'Chrome und Edge ab Version 120',
    asJson: 'Als JSON-Text, mit den Teilen:',
    entries: german,
  }),
};

const german = {
  allowedAccounts: {
    title: 'Erlaubte Konten',
    description: 'Kontonummern mit zwölf Ziffern. Rollen anderer Konten werden abgelehnt.',
  },
  allowedIssuers: {
    title: 'Erlaubte Identitätsanbieter',
    description:
      'Entity-IDs von Identitätsanbietern. Anmeldungen anderer werden abgelehnt. Eine Anmeldung nennt ihren Anbieter selbst: Setzen Sie allowedAccounts dazu.',
  },
  allowedPartitions: {
    title: 'Erlaubte Partitionen',
    description: 'Zum Beispiel aws, aws-cn oder aws-us-gov.',
  },
  profiles: {
    title: 'Feste Profile',
    description:
      'Anmeldungen, die ab der ersten von selbst in ein Profil geschrieben werden: einer Rolle (providerArn, roleArn) oder einer Rolle in mehreren Konten (accounts, providerName, roleName), deren Profil dann eine Vorlage ist.',
  },
  profileNameTemplate: {
    title: 'Vorlage für Profilnamen',
    description: '{role}, {account}, {accountName}, {provider} und {partition} werden ersetzt.',
  },
  accounts: {
    title: 'Namen und Farben von Konten',
    description:
      'Nach Kontonummer. Farben: none, red, amber, green, blue, purple. Benutzer können nicht ändern, was festgelegt ist.',
  },
  region: {
    title: 'Region',
    description:
      'Die Region, in der AWS STS gefragt und die für neue Profile vorgeschlagen wird, zum Beispiel eu-central-1.',
  },
  keepFresh: {
    title: 'Aktuell halten',
    description: 'Ob Zugangsdaten über den Anmeldelink erneuert werden, solange jemand am Rechner ist.',
  },
  signInLinks: {
    title: 'Anmeldelinks',
    description: 'Links des Identitätsanbieters, die zu AWS führen. Das Popup zeigt sie.',
  },
  forbidProfiles: {
    title: 'Keine Zugangsdaten in Dateien',
    description: 'Zugangsdaten können nur kopiert werden.',
  },
  maxSessionDuration: {
    title: 'Längste Sitzung',
    description: 'Sekunden, 900 bis 43200.',
  },
  sessionPolicies: {
    title: 'Verlangte Sitzungsrichtlinien',
    description:
      'Rollen, die nur mit dieser Sitzungsrichtlinie angefordert werden: policyArns (verwaltete Richtlinien, höchstens 10) oder policy (JSON als Text) oder beides. accounts, roleName und partition sagen, welche Rollen; ohne sie alle. Der erste passende Eintrag gilt.',
  },
  copyButton: {
    title: 'Als Umgebungsvariablen kopieren',
    description: 'Deaktiviert: Es gibt keinen Knopf zum Kopieren.',
  },
  forbidImports: {
    title: 'Kein Import von Einstellungen',
    description: 'Dateien mit Einstellungen können nicht importiert werden.',
  },
  fips: {
    title: 'FIPS-Endpunkte',
    description: 'AWS STS wird an seinen FIPS-Endpunkten (sts-fips) gefragt.',
  },
  audit: {
    title: 'Protokoll',
    description: 'Gilt nur in der Richtliniendatei des Rechners; die Erweiterung beachtet es nicht.',
  },
  required: {
    title: 'Vorausgesetzte Einträge',
    description: 'Namen der Einträge oben, die angekommen sein müssen; ohne sie wird nichts getan.',
  },
};
