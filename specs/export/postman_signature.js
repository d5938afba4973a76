// Signs the request with HMAC-SHA256. Signed are X-Date and X-Content-Sha256, beside method, path,
// query and body; keys are the variables access_key, secret_key and session_token.
const hashes = require('crypto-js');
const value = (name) => pm.variables.get(name) || '';
const encoded = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g,
    (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase());
const sha256 = (text) => hashes.SHA256(text).toString(hashes.enc.Hex);

// What is signed is what is sent: values are resolved and encoded here, once.
const pairs = pm.request.url.query.all()
  .filter((pair) => !pair.disabled)
  .map((pair) => [pair.key, pair.value || ''].map((part) => encoded(pm.variables.replaceIn(part))));
pm.request.url.query.clear();
pairs.forEach(([key, part]) => pm.request.url.query.add({key: key, value: part}));
const query = pairs
  .map((pair, place) => ({pair: pair, place: place}))
  .sort((a, b) => (a.pair[0] < b.pair[0] ? -1 : a.pair[0] > b.pair[0] ? 1 : a.place - b.place))
  .map((one) => one.pair.join('='))
  .join('&');

const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
const headers = {'x-content-sha256': sha256(''), 'x-date': date};
if (value('session_token')) headers['x-security-token'] = value('session_token');
const names = Object.keys(headers).sort();
const canonical = [
  pm.request.method, '/', query, names.map((name) => name + ':' + headers[name] + '\n').join(''),
  names.join(';'), sha256('')
].join('\n');
const scope = [date.slice(0, 8), value('region'), value('service'), 'request'];
const key = scope.reduce(
  (secret, part) => hashes.HmacSHA256(part, secret), value('secret_key'));
const signature = hashes.HmacSHA256(
  ['HMAC-SHA256', date, scope.join('/'), sha256(canonical)].join('\n'), key)
  .toString(hashes.enc.Hex);
names.forEach((name) => pm.request.headers.upsert({key: name, value: headers[name]}));
pm.request.headers.upsert({
  key: 'Authorization',
  value: 'HMAC-SHA256 Credential=' + value('access_key') + '/' + scope.join('/') +
    ', SignedHeaders=' + names.join(';') + ', Signature=' + signature
});
