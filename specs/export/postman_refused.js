pm.test('is refused', () => {
  pm.expect(pm.response.code).to.be.within(400, 499);
  pm.expect(pm.response.json()).to.have.nested.property('ResponseMetadata.Error.Code');
  pm.expect(pm.response.json()).to.not.have.property('Result');
});
