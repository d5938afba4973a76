// Has the official Go client write down the requests of requests.json. Arguments: requests.json,
// port of the recorder, file for the names of what was sent, in order.
package main

import (
	"encoding/json"
	"net/http"
	"os"
	"strconv"

	"github.com/volcengine/volc-sdk-golang/base"
	"github.com/volcengine/volcengine-go-sdk/service/vpc"
	"github.com/volcengine/volcengine-go-sdk/volcengine"
	"github.com/volcengine/volcengine-go-sdk/volcengine/credentials"
	"github.com/volcengine/volcengine-go-sdk/volcengine/session"
	"github.com/volcengine/volcengine-go-sdk/volcengine/universal"
)

type asked struct {
	AccessKey    string                 `json:"access_key"`
	SecretKey    string                 `json:"secret_key"`
	SessionToken string                 `json:"session_token"`
	Region       string                 `json:"region"`
	Service      string                 `json:"service"`
	Version      string                 `json:"version"`
	Create       map[string]interface{} `json:"create"`
	Describe     map[string]interface{} `json:"describe"`
}

type sent struct {
	Client  string `json:"client"`
	Style   string `json:"style"`
	Action  string `json:"action"`
	Session bool   `json:"session"`
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func dotted(prefix string, value interface{}, out map[string]interface{}) {
	switch inner := value.(type) {
	case map[string]interface{}:
		for name, member := range inner {
			dotted(prefix+"."+name, member, out)
		}
	case []interface{}:
		for i, member := range inner {
			dotted(prefix+"."+strconv.Itoa(i+1), member, out)
		}
	case float64:
		out[prefix[1:]] = strconv.Itoa(int(inner))
	default:
		out[prefix[1:]] = inner
	}
}

type recorder struct {
	asked asked
	host  string
	done  []sent
}

func (r *recorder) note(style, action string, session bool) {
	r.done = append(r.done, sent{"go-sdk", style, action, session})
}

func (r *recorder) session(token string) *session.Session {
	config := volcengine.NewConfig().
		WithCredentials(credentials.NewStaticCredentials(r.asked.AccessKey, r.asked.SecretKey, token)).
		WithRegion(r.asked.Region).WithEndpoint("http://" + r.host).WithDisableSSL(true)
	made, err := session.NewSession(config)
	must(err)
	return made
}

// The typed calls, which is how programs in Go use it.
func (r *recorder) typed(token string) {
	client := vpc.New(r.session(token))
	text, err := json.Marshal(r.asked.Create)
	must(err)
	create := &vpc.CreateFlowLogInput{}
	must(json.Unmarshal(text, create))
	_, err = client.CreateFlowLog(create)
	must(err)
	r.note("get", "CreateFlowLog", token != "")
	text, err = json.Marshal(r.asked.Describe)
	must(err)
	describe := &vpc.DescribeFlowLogsInput{}
	must(json.Unmarshal(text, describe))
	_, err = client.DescribeFlowLogs(describe)
	must(err)
	r.note("get", "DescribeFlowLogs", token != "")
}

func (r *recorder) universal(style, action string, arguments map[string]interface{}, kind universal.ContentType) {
	_, err := universal.New(r.session("")).DoCall(universal.RequestUniversal{
		ServiceName: r.asked.Service, Action: action, Version: r.asked.Version,
		HttpMethod: universal.POST, ContentType: kind,
	}, &arguments)
	must(err)
	r.note(style, action, false)
}

func (r *recorder) signedURL(action string, arguments map[string]interface{}, token string) {
	request, err := http.NewRequest("GET", "http://"+r.host+"/", nil)
	must(err)
	query := request.URL.Query()
	query.Set("Action", action)
	query.Set("Version", r.asked.Version)
	flat := map[string]interface{}{}
	dotted("", arguments, flat)
	for name, value := range flat {
		query.Set(name, value.(string))
	}
	request.URL.RawQuery = query.Encode()
	keys := base.Credentials{AccessKeyID: r.asked.AccessKey, SecretAccessKey: r.asked.SecretKey,
		SessionToken: token, Service: r.asked.Service, Region: r.asked.Region}
	answer, err := http.Get("http://" + r.host + "/?" + keys.SignUrl(request))
	must(err)
	answer.Body.Close()
	r.note("signed-url", action, token != "")
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	must(err)
	r := recorder{host: "127.0.0.1:" + os.Args[2]}
	must(json.Unmarshal(text, &r.asked))
	r.typed("")
	r.typed(r.asked.SessionToken)
	for action, arguments := range map[string]map[string]interface{}{
		"CreateFlowLog": r.asked.Create, "DescribeFlowLogs": r.asked.Describe} {
		flat := map[string]interface{}{}
		dotted("", arguments, flat)
		r.universal("form", action, flat, universal.Default)
		r.universal("json", action, arguments, universal.ApplicationJSON)
		r.signedURL(action, arguments, "")
		r.signedURL(action, arguments, r.asked.SessionToken)
	}
	out, err := json.Marshal(r.done)
	must(err)
	must(os.WriteFile(os.Args[3], out, 0o644))
}
