// The least that an extension can do for a login: one fetch to STS with what was posted.
chrome.webRequest.onBeforeRequest.addListener(
  ({ requestBody }) => {
    const body = new URLSearchParams({
      Action: 'AssumeRoleWithSAML',
      Version: '2011-06-15',
      RoleArn: 'arn:aws:iam::111122223333:role/Developer',
      PrincipalArn: 'arn:aws:iam::111122223333:saml-provider/Rehearsal',
      SAMLAssertion: requestBody.formData.SAMLResponse[0],
    });
    fetch('https://sts.us-east-1.amazonaws.com/', { method: 'POST', body }).then((answer) => answer.text());
  },
  { urls: ['https://signin.aws.amazon.com/saml*'], types: ['main_frame'] },
  ['requestBody'],
);

chrome.runtime.onMessage.addListener((_message, _sender, reply) => {
  reply({});
});
