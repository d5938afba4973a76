package main

import (
	"net/http/httptest"
	"strings"
	"testing"
)

// The documented example, signed with made-up keys by the official Node client.
func TestTakesTheSignatureOfAnOfficialClient(t *testing.T) {
	r := httptest.NewRequest("GET", "http://open.volcengineapi.com/?Version=2020-04-01&Action=CreateFlowLog&FlowLogName=FlowLog-1&"+
		"Description=FlowLog_VPC&ResourceType=vpc&ResourceId=vpc-123456&TrafficType=All&LogProjectName=flowlog-project-1&"+
		"LogTopicName=flowlog-topic-1&AggregationInterval=10", nil)
	r.Header.Set("X-Date", "20260102T030405Z")
	r.Header.Set("Authorization", "HMAC-SHA256 Credential=AKEXAMPLE0000000000/20260102/cn-beijing/vpc/request, "+
		"SignedHeaders=host;x-date, Signature=66cd1ea2cb192a6e2bad23663b597dea9eab4cf116b994bf8d632540a565fc25")
	e := &endpoint{}
	pairs, _ := parseForm(r.URL.RawQuery, true)
	cl, f := e.headerClaim(r)
	if f != nil {
		t.Fatal(f.code)
	}
	const secret = "c2VjcmV0LWV4YW1wbGUtbm90LXJlYWw="
	if !e.holds(cl, r, &params{pairs}, nil, secret) {
		t.Error("refused")
	}
	for i := range pairs {
		if pairs[i].name == "ResourceType" {
			pairs[i].value = "eni"
		}
	}
	if e.holds(cl, r, &params{pairs}, nil, secret) {
		t.Error("a changed query was taken")
	}
}

func TestEverySwitchSaysWhatItDoes(t *testing.T) {
	for name, each := range table {
		if each.about == "" || (each.kind != "honest" && each.kind != "lie") || strings.ContainsAny(name, " ,\t") {
			t.Errorf("%s: %+v", name, each)
		}
		if _, have := table[each.with]; each.with != "" && !have {
			t.Errorf("%s goes with %s, which there is not", name, each.with)
		}
	}
}
