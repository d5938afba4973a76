package main

// answer.go: what goes back to a client: the envelope of every answer, and the failures that it may tell.

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
)

// failure is an answer other than success. A nil *failure is success.
type failure struct {
	status  int
	code    string
	message string
}

func (f *failure) Error() string { return f.code }

func fail(status int, code, message string) *failure { return &failure{status, code, message} }

func missing(name string) *failure {
	return fail(400, "MissingParameter", "The request is missing "+name+" parameter.")
}

var codeNumbers = map[string]int{
	"MissingParameter": 100002, "MissingAuthenticationToken": 100003, "MissingRequestInfo": 100004,
	"MissingSignature": 100005, "InvalidTimestamp": 100006, "ServiceNotFound": 100007,
	"InvalidActionOrVersion": 100008, "InvalidAccessKey": 100009, "SignatureDoesNotMatch": 100010,
}

type object = map[string]any

// call is one request after its head was read.
type call struct {
	id      string
	action  string
	version string
	service string
	region  string
	known   bool // the signature held, so that scope and caller are known
	account *account
	params  *params
	at      time.Time
	reply   object
}

func newID() string {
	var b [9]byte
	if _, err := rand.Read(b[:]); err != nil {
		panic(err)
	}
	return time.Now().UTC().Format("20060102150405") + strings.ToUpper(hex.EncodeToString(b[:]))
}

func (e *endpoint) metadata(c *call) object {
	m := object{"RequestId": c.id, "Action": c.action, "Version": c.version}
	if e.on("echo.missing-unauthenticated") && !c.known {
		return m
	}
	m["Service"], m["Region"] = c.service, c.region
	if e.on("envelope.wrong-region") && c.known {
		m["Region"] = "cn-shanghai"
	}
	if e.on("envelope.action-missing") {
		delete(m, "Action")
	}
	return m
}

func (e *endpoint) send(w http.ResponseWriter, status int, body object) {
	kind := "application/json"
	if e.on("type.text-plain") {
		kind = "text/plain; charset=utf-8"
	} else if e.on("type.json-charset") {
		kind = "application/json; charset=utf-8"
	}
	text, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	_, _ = w.Write(text)
}

func (e *endpoint) sendSuccess(w http.ResponseWriter, c *call, result object) {
	result["RequestId"] = c.id
	if e.on("answer.extra-members") {
		result["AsyncTaskId"] = "task-" + c.id
	}
	status := 200
	if e.on("status.201") && strings.HasPrefix(c.action, "Create") {
		status = 201
	}
	e.send(w, status, object{"ResponseMetadata": e.metadata(c), "Result": result})
}

func (e *endpoint) sendFailure(w http.ResponseWriter, c *call, f *failure) {
	if e.on("error.flat") && !c.known {
		e.send(w, f.status, object{"HTTPCode": f.status, "errorcode": f.code, "message": f.message})
		return
	}
	inner := object{"Code": f.code, "Message": e.wording(f)}
	if n, have := codeNumbers[f.code]; have && !e.on("coden.absent") {
		inner["CodeN"] = n
	}
	meta := e.metadata(c)
	meta["Error"] = inner
	body := object{"ResponseMetadata": meta}
	status := f.status
	if e.on("envelope.result-beside-error") {
		body["Result"] = object{"RequestId": c.id, "FlowLogId": ""}
	}
	if e.on("envelope.error-with-200") && c.known {
		status = 200
	}
	e.send(w, status, body)
}

func (e *endpoint) wording(f *failure) string {
	business := codeNumbers[f.code] == 0
	switch {
	case e.on("message.one-for-two-rows") && (f.code == "InvalidName.Malformed" || f.code == "InvalidDescription.Malformed"):
		return strings.SplitAfter(f.message, ".")[0]
	case !business:
	case e.on("message.empty"):
		return ""
	case e.on("message.nil"):
		return "<nil>"
	case e.on("message.unfilled"):
		return "The specified %s is malformed."
	case e.on("message.stack"):
		return "panic: runtime error: index out of range\n" + string(debug.Stack())
	case e.on("message.sql"):
		return "Error 1062: Duplicate entry; SELECT id FROM flow_log WHERE account_id = ? AND deleted = 0"
	case e.on("message.chinese"):
		return "请求参数不合法,请修复后重试。"
	}
	return f.message
}

func page(w http.ResponseWriter, status int) {
	title := fmt.Sprintf("%d %s", status, http.StatusText(status))
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(status)
	fmt.Fprintf(w, "<html>\r\n<head><title>%s</title></head>\r\n<body>\r\n<center><h1>%s</h1></center>\r\n</body>\r\n</html>\r\n",
		title, title)
}
