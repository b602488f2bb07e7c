// What the add-on does with its links, as far as its documentation tells.
const link = new URLSearchParams(decodeURIComponent(location.hash).replace('#ext+container:', ''));
const name = link.get('name');
const open = async () => {
  const [known] = await browser.contextualIdentities.query({ name });
  const container =
    known ?? (await browser.contextualIdentities.create({ name, color: 'blue', icon: 'fingerprint' }));
  await browser.tabs.create({ cookieStoreId: container.cookieStoreId, url: link.get('url') });
};
open();
