// The official Go client against an endpoint: the life of a flow log, listings, tokens, errors,
// forms, JSON and signed URLs. PROFILE names the endpoint's profile.
package exercise

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/volcengine/volc-sdk-golang/base"
	"github.com/volcengine/volcengine-go-sdk/service/vpc"
	"github.com/volcengine/volcengine-go-sdk/volcengine"
	"github.com/volcengine/volcengine-go-sdk/volcengine/credentials"
	"github.com/volcengine/volcengine-go-sdk/volcengine/session"
	"github.com/volcengine/volcengine-go-sdk/volcengine/universal"
	"github.com/volcengine/volcengine-go-sdk/volcengine/volcengineerr"
)

const version = "2020-04-01"

type keys struct {
	AccessKey string `json:"access_key"`
	SecretKey string `json:"secret_key"`
}

type fixture struct {
	profile struct {
		Endpoint  string          `json:"endpoint"`
		Region    string          `json:"region"`
		Service   string          `json:"service"`
		Accounts  map[string]keys `json:"accounts"`
		Resources struct {
			Vpc []string `json:"vpc"`
		} `json:"resources"`
	}
	session *session.Session
	client  *vpc.VPC
}

func setUp(t *testing.T) *fixture {
	t.Helper()
	f := &fixture{}
	text, err := os.ReadFile(os.Getenv("PROFILE"))
	must(t, err)
	must(t, json.Unmarshal(text, &f.profile))
	own := f.profile.Accounts["default"]
	f.session, err = session.NewSession(volcengine.NewConfig().
		WithCredentials(credentials.NewStaticCredentials(own.AccessKey, own.SecretKey, "")).
		WithRegion(f.profile.Region).WithEndpoint(f.profile.Endpoint).WithDisableSSL(true))
	must(t, err)
	f.client = vpc.New(f.session)
	return f
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func text(value string) *string { return volcengine.String(value) }

func (f *fixture) creation() *vpc.CreateFlowLogInput {
	return &vpc.CreateFlowLogInput{
		FlowLogName: text("流量-日志_1"), Description: text("a b,c=d"), ResourceType: text("vpc"),
		ResourceId: text(f.profile.Resources.Vpc[0]), TrafficType: text("All"),
		LogProjectName: text("flowlog-project-1"), LogTopicName: text("flowlog-topic-1"),
		AggregationInterval: volcengine.Int64(5),
	}
}

func tags() map[string]string {
	made := map[string]string{"a+b": "a b", "钥 匙": "值+"}
	for _, letter := range "abcdefghijklmnopqr" {
		made["key-"+string(letter)] = "v/" + string(letter)
	}
	return made
}

func (f *fixture) find(t *testing.T, id string) *vpc.FlowLogForDescribeFlowLogsOutput {
	t.Helper()
	out, err := f.client.DescribeFlowLogs(&vpc.DescribeFlowLogsInput{FlowLogIds: []*string{&id}})
	must(t, err)
	if len(out.FlowLogs) == 0 {
		return nil
	}
	return out.FlowLogs[0]
}

type wanted func(log *vpc.FlowLogForDescribeFlowLogsOutput) bool

func (f *fixture) until(t *testing.T, id string, done wanted) {
	t.Helper()
	for i := 0; i < 200; i++ {
		if done(f.find(t, id)) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("%s never became what was waited for", id)
}

func status(name string) wanted {
	return func(log *vpc.FlowLogForDescribeFlowLogsOutput) bool { return log != nil && *log.Status == name }
}

func gone(log *vpc.FlowLogForDescribeFlowLogsOutput) bool { return log == nil }

func (f *fixture) remove(t *testing.T, id string) {
	t.Helper()
	_, err := f.client.DeleteFlowLog(&vpc.DeleteFlowLogInput{FlowLogId: &id})
	must(t, err)
	f.until(t, id, gone)
}

// What a test creates is gone when it ends, however it ends.
func (f *fixture) create(t *testing.T, input *vpc.CreateFlowLogInput) string {
	t.Helper()
	out, err := f.client.CreateFlowLog(input)
	must(t, err)
	return f.created(t, *out.FlowLogId)
}

func (f *fixture) created(t *testing.T, id string) string {
	t.Cleanup(func() {
		if f.find(t, id) != nil {
			f.remove(t, id)
		}
	})
	return id
}

func withTags(input *vpc.CreateFlowLogInput) *vpc.CreateFlowLogInput {
	for key, value := range tags() {
		input.Tags = append(input.Tags, &vpc.TagForCreateFlowLogInput{Key: text(key), Value: text(value)})
	}
	return input
}

func expectTags(t *testing.T, log *vpc.FlowLogForDescribeFlowLogsOutput) {
	t.Helper()
	want := tags()
	if len(log.Tags) != len(want) {
		t.Fatalf("%d tags, not %d", len(log.Tags), len(want))
	}
	for _, tag := range log.Tags {
		if value, known := want[*tag.Key]; !known || value != *tag.Value {
			t.Errorf("tag %q is %q", *tag.Key, *tag.Value)
		}
	}
}

func TestWhatWasCreatedIsShownAsItWasSentAndIsGoneAfterItsDeletion(t *testing.T) {
	f := setUp(t)
	id := f.create(t, withTags(f.creation()))
	f.until(t, id, status("Active"))
	log := f.find(t, id)
	if *log.FlowLogName != "流量-日志_1" || *log.Description != "a b,c=d" || *log.AggregationInterval != 5 {
		t.Errorf("shown as %v", log)
	}
	expectTags(t, log)
	f.remove(t, id)
}

func (f *fixture) ids(t *testing.T, input *vpc.DescribeFlowLogsInput) []string {
	t.Helper()
	out, err := f.client.DescribeFlowLogs(input)
	must(t, err)
	ids := []string{}
	for _, log := range out.FlowLogs {
		ids = append(ids, *log.FlowLogId)
	}
	return ids
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	sort.Strings(got)
	sort.Strings(want)
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("%v, not %v", got, want)
	}
}

func byTag(key, value string) *vpc.DescribeFlowLogsInput {
	return &vpc.DescribeFlowLogsInput{TagFilters: []*vpc.TagFilterForDescribeFlowLogsInput{
		{Key: text(key), Values: []*string{text(value)}}}}
}

func TestFiltersFilterAloneAndTogether(t *testing.T) {
	f := setUp(t)
	id := f.create(t, withTags(f.creation()))
	name := text("流量-日志_1")
	expect(t, f.ids(t, &vpc.DescribeFlowLogsInput{FlowLogName: name, ResourceId: text(f.profile.Resources.Vpc[0])}), id)
	expect(t, f.ids(t, byTag("a+b", "a b")), id)
	expect(t, f.ids(t, byTag("a+b", "a+b")))
	expect(t, f.ids(t, &vpc.DescribeFlowLogsInput{FlowLogName: name, ResourceType: text("eni")}))
}

func TestPagesOfTwoShowEachFlowLogOnce(t *testing.T) {
	f := setUp(t)
	made, seen := []string{}, []string{}
	for _, id := range f.profile.Resources.Vpc[:5] {
		input := f.creation()
		input.ResourceId = text(id)
		made = append(made, f.create(t, input))
	}
	input := &vpc.DescribeFlowLogsInput{MaxResults: volcengine.Int64(2)}
	for page := 0; page < 5; page++ {
		out, err := f.client.DescribeFlowLogs(input)
		must(t, err)
		if len(out.FlowLogs) > 2 {
			t.Errorf("a page of %d", len(out.FlowLogs))
		}
		for _, log := range out.FlowLogs {
			seen = append(seen, *log.FlowLogId)
		}
		if out.NextToken == nil || *out.NextToken == "" {
			break
		}
		input.NextToken = out.NextToken
	}
	expect(t, seen, made...)
}

func expectError(t *testing.T, err error, httpStatus int, code, part string) {
	t.Helper()
	failure, typed := err.(volcengineerr.RequestFailure)
	if !typed {
		t.Fatalf("%T: %v", err, err)
	}
	if failure.Code() != code || failure.StatusCode() != httpStatus || failure.RequestID() == "" ||
		!strings.Contains(failure.Message(), part) {
		t.Errorf("%d %s %q (%s)", failure.StatusCode(), failure.Code(), failure.Message(), failure.RequestID())
	}
}

func TestATokenAnswersItsRequestAgainAndRefusesAnother(t *testing.T) {
	f := setUp(t)
	input := f.creation()
	input.ClientToken = text("go-replay-1")
	id := f.create(t, input)
	again, err := f.client.CreateFlowLog(input)
	must(t, err)
	if *again.FlowLogId != id {
		t.Errorf("replayed as %s, not %s", *again.FlowLogId, id)
	}
	input.TrafficType = text("Drop")
	_, err = f.client.CreateFlowLog(input)
	expectError(t, err, 400, "IdempotentParameterMismatch", "inconsistent")
}

func TestDocumentedErrorsComeWithCodeMessageAndRequestId(t *testing.T) {
	f := setUp(t)
	for _, fault := range []struct {
		http       int
		code, part string
		change     func(input *vpc.CreateFlowLogInput)
	}{
		{400, "InvalidName.Malformed", "name is malformed", func(i *vpc.CreateFlowLogInput) { i.FlowLogName = text("#") }},
		{400, "InvalidParameter.FlowLogTrafficType", "traffic type", func(i *vpc.CreateFlowLogInput) { i.TrafficType = text("Some") }},
		{400, "InvalidParameter.FlowLogAggregationInterval", "interval", func(i *vpc.CreateFlowLogInput) { i.AggregationInterval = volcengine.Int64(7) }},
		{404, "InvalidResource.NotFound", "does not exist", func(i *vpc.CreateFlowLogInput) { i.ResourceId = text("vpc-none") }},
		{404, "InvalidProject.NotFound", "Project", func(i *vpc.CreateFlowLogInput) { i.ProjectName = text("no-such-project") }},
	} {
		input := f.creation()
		fault.change(input)
		_, err := f.client.CreateFlowLog(input)
		expectError(t, err, fault.http, fault.code, fault.part)
	}
}

func (f *fixture) call(action string, kind universal.ContentType, arguments map[string]interface{}) (map[string]interface{}, error) {
	out, err := universal.New(f.session).DoCall(universal.RequestUniversal{
		ServiceName: f.profile.Service, Action: action, Version: version,
		HttpMethod: universal.POST, ContentType: kind}, &arguments)
	if err != nil {
		return nil, err
	}
	return (*out)["Result"].(map[string]interface{}), nil
}

func TestAPostFormIsReadLikeAQuery(t *testing.T) {
	f := setUp(t)
	result, err := f.call("CreateFlowLog", universal.Default, map[string]interface{}{
		"FlowLogName": "流量-日志_1", "Description": "a b,c=d", "ResourceType": "vpc",
		"ResourceId": f.profile.Resources.Vpc[0], "TrafficType": "All", "LogProjectName": "flowlog-project-1",
		"LogTopicName": "flowlog-topic-1", "Tags.1.Key": "a+b", "Tags.1.Value": "a b"})
	must(t, err)
	id := f.created(t, result["FlowLogId"].(string))
	log := f.find(t, id)
	if len(log.Tags) != 1 || *log.Tags[0].Key != "a+b" || *log.Tags[0].Value != "a b" {
		t.Errorf("tags %v", log.Tags)
	}
}

func TestAJsonBodyFiltersOrIsRefusedButIsNotDroppedInSilence(t *testing.T) {
	f := setUp(t)
	f.create(t, f.creation())
	result, err := f.call("DescribeFlowLogs", universal.ApplicationJSON, map[string]interface{}{"ResourceType": "eni"})
	if err != nil {
		t.Log("refused:", err)
	} else if logs := result["FlowLogs"].([]interface{}); len(logs) != 0 {
		t.Errorf("the filter was dropped: %v", logs)
	}
}

func TestASignedUrlIsServed(t *testing.T) {
	f := setUp(t)
	request, err := http.NewRequest("GET", f.profile.Endpoint+"/?Action=DescribeFlowLogs&Version="+version+
		"&FlowLogName=%E6%B5%81+a%2Bb", nil)
	must(t, err)
	own := f.profile.Accounts["default"]
	signer := base.Credentials{AccessKeyID: own.AccessKey, SecretAccessKey: own.SecretKey,
		Service: f.profile.Service, Region: f.profile.Region}
	answer, err := http.Get(f.profile.Endpoint + "/?" + signer.SignUrl(request))
	must(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(t, err)
	if answer.StatusCode != 200 {
		t.Errorf("%d %s", answer.StatusCode, body)
	}
}

func TestChangesStopsStartsAndTagsAFlowLog(t *testing.T) {
	f := setUp(t)
	id := f.create(t, f.creation())
	f.until(t, id, status("Active"))
	tagged := func(log *vpc.FlowLogForDescribeFlowLogsOutput) bool {
		return len(log.Tags) == 1 && *log.Tags[0].Key == "a+b" && *log.Tags[0].Value == "a b"
	}
	for _, step := range []struct {
		action string
		call   func() error
		done   wanted
	}{
		{"ModifyFlowLogAttribute", func() error {
			_, err := f.client.ModifyFlowLogAttribute(&vpc.ModifyFlowLogAttributeInput{
				FlowLogId: &id, FlowLogName: text("改-名"), AggregationInterval: volcengine.Int64(1)})
			return err
		}, func(log *vpc.FlowLogForDescribeFlowLogsOutput) bool {
			return *log.FlowLogName == "改-名" && *log.AggregationInterval == 1 && *log.Status == "Active"
		}},
		{"DeactiveFlowLog", func() error {
			_, err := f.client.DeactiveFlowLog(&vpc.DeactiveFlowLogInput{FlowLogId: &id})
			return err
		}, status("Inactive")},
		{"ActiveFlowLog", func() error {
			_, err := f.client.ActiveFlowLog(&vpc.ActiveFlowLogInput{FlowLogId: &id})
			return err
		}, status("Active")},
		{"TagResources", func() error {
			_, err := f.client.TagResources(&vpc.TagResourcesInput{ResourceType: text("flowlog"), ResourceIds: []*string{&id},
				Tags: []*vpc.TagForTagResourcesInput{{Key: text("a+b"), Value: text("a b")}}})
			return err
		}, tagged},
		{"UntagResources", func() error {
			_, err := f.client.UntagResources(&vpc.UntagResourcesInput{ResourceType: text("flowlog"),
				ResourceIds: []*string{&id}, TagKeys: []*string{text("a+b")}})
			return err
		}, func(log *vpc.FlowLogForDescribeFlowLogsOutput) bool { return len(log.Tags) == 0 }},
	} {
		t.Run(step.action, func(t *testing.T) {
			err := step.call()
			if failure, typed := err.(volcengineerr.Error); typed && failure.Code() == "InvalidActionOrVersion" {
				t.Skipf("this endpoint does not serve %s", step.action)
			}
			must(t, err)
			f.until(t, id, step.done)
		})
	}
}

// Where the client's own Validate, which its calls leave out, is stricter than the page:
// docs/clients.md tells of it.
func TestValidateCountsBytesAndRequiresAnIntervalAndTheCallsDoNot(t *testing.T) {
	f := setUp(t)
	long := f.creation()
	long.FlowLogName = text(strings.Repeat("流", 43)) // 129 bytes
	if err := long.Validate(); err == nil || !strings.Contains(err.Error(), "FlowLogName") {
		t.Errorf("43 Chinese characters: %v", err)
	}
	f.remove(t, f.create(t, long))
	without := f.creation()
	without.AggregationInterval = nil
	if err := without.Validate(); err == nil || !strings.Contains(err.Error(), "AggregationInterval") {
		t.Errorf("no interval: %v", err)
	}
	if log := f.find(t, f.create(t, without)); *log.AggregationInterval != 10 {
		t.Errorf("an interval of %d", *log.AggregationInterval)
	}
}
