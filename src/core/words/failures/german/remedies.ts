import type { Reason } from '../../../failure-reasons.ts';
import type { ReasonWords } from '../../../failure-words.ts';

/** What to do about each way in which AWS says that an assertion is wrong. */
export const remedies: ReasonWords<Reason<'token'>> = {
  'session-name-missing':
    'Bitte den Administrator deines Identitätsanbieters, das Attribut https://aws.amazon.com/SAML/Attributes/RoleSessionName zu senden.',
  'session-name-unfit':
    'Bitte den Administrator deines Identitätsanbieters um einen RoleSessionName aus 2 bis 64 Buchstaben, Ziffern und _+=,.@- ohne Leerzeichen, zum Beispiel die E-Mail-Adresse.',
  'source-identity-unfit':
    'Bitte den Administrator deines Identitätsanbieters um eine SourceIdentity aus 2 bis 64 Buchstaben, Ziffern und _+=,.@-, die nicht mit aws: beginnt.',
  signature:
    'Das Zertifikat deines Identitätsanbieters hat sich geändert: Bitte den Administrator des AWS-Kontos, dessen neue Metadaten beim SAML-Provider in IAM hochzuladen.',
  'other-issuer':
    'Der SAML-Provider in IAM gehört zu einem anderen Identitätsanbieter: Bitte den Administrator des AWS-Kontos, die Metadaten von diesem hochzuladen.',
  'provider-missing':
    'Bitte den Administrator deines Identitätsanbieters, den ARN des SAML-Providers im Attribut Role zu korrigieren, oder den Administrator des AWS-Kontos, diesen Provider anzulegen.',
  audience:
    'Bitte den Administrator deines Identitätsanbieters, als Audience (SP Entity ID) urn:amazon:webservices einzutragen.',
  'too-early':
    'Die Uhr des Identitätsanbieters geht vor: Warte eine Minute und melde dich noch einmal an. Wenn das nicht hilft, sag es dessen Administrator.',
  metadata:
    'Bitte den Administrator des AWS-Kontos, die Metadaten des Identitätsanbieters beim SAML-Provider in IAM noch einmal hochzuladen.',
  unknown: 'Zeige dies den Administratoren deines AWS-Kontos und deines Identitätsanbieters.',
};
