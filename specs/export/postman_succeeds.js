pm.test('succeeds', () => {
  pm.expect(pm.response.code).to.be.within(200, 299);
  const answer = pm.response.json();
  pm.expect(answer).to.have.nested.property('ResponseMetadata.RequestId');
  pm.expect(answer).to.have.property('Result');
  pm.expect(answer.ResponseMetadata).to.not.have.property('Error');
  // Ids are variables for the requests that follow.
  Object.keys(answer.Result)
    .filter((name) => name.endsWith('Id') && name !== 'RequestId')
    .forEach((name) => pm.collectionVariables.set(name, answer.Result[name]));
});
