package main

// serve.go: one request from its head to its answer, and what stands in front of the API.

import (
	"io"
	"net/http"
	"sync"
	"time"
)

var abort = http.ErrAbortHandler

// front is what a proxy before the API counts.
type front struct {
	mu     sync.Mutex
	window time.Time
	inIt   int
	total  int
}

func (f *front) count(now time.Time) (inSecond, total int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if now.Sub(f.window) > time.Second {
		f.window, f.inIt = now, 0
	}
	f.inIt++
	f.total++
	return f.inIt, f.total
}

// rate is how many requests came in this second so far.
func (f *front) rate() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.inIt
}

func headSize(r *http.Request) int {
	n := len(r.Method) + len(r.RequestURI) + len(" HTTP/1.1\r\n") + 1 + len("Host: \r\n") + len(r.Host)
	for name, values := range r.Header {
		for _, v := range values {
			n += len(name) + len(v) + len(": \r\n")
		}
	}
	return n
}

// stopped answers in place of the API, as a proxy does; true where it did.
func (e *endpoint) stopped(w http.ResponseWriter, r *http.Request, rate, total int) bool {
	line := len(r.Method) + len(r.RequestURI) + len(" HTTP/1.1") + 1
	switch {
	case e.on("front.line-8k") && line > 8190:
		w.Header().Set("Connection", "close")
		page(w, 414)
	case e.on("front.line-4k") && line > 4094:
		w.Header().Set("Connection", "close")
		page(w, 414)
	case e.on("front.head-16k") && headSize(r) > 16384:
		w.Header().Set("Connection", "close")
		w.WriteHeader(431)
	case e.on("front.rate-503") && rate > 40:
		page(w, 503)
	case e.on("front.one-in-50-cut-before") && total%50 == 49:
		panic(abort)
	case e.on("front.502-now-and-then") && total%60 == 59:
		page(w, 502)
	default:
		return false
	}
	return true
}

func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rate, number := e.front.count(time.Now())
	if e.stopped(w, r, rate, number) {
		return
	}
	if e.on("front.close-every-connection") {
		w.Header().Set("Connection", "close")
	}
	if e.on("front.slow") {
		time.Sleep(30 * time.Millisecond)
	}
	c := &call{id: newID(), at: time.Now(), service: "vpc", region: region}
	if e.on("envelope.request-id-constant") {
		c.id = "20260102030405000000000000000000AB"
	}
	result, f := e.handle(c, r)
	if e.on("front.one-in-50-cut-after") && number%50 == 24 {
		panic(abort)
	}
	if f != nil {
		if f.status == 405 {
			w.Header().Set("Allow", "GET, POST")
		}
		e.sendFailure(w, c, f)
		return
	}
	e.sendSuccess(w, c, result)
}

// handle reads, authenticates and carries out a request.
func (e *endpoint) handle(c *call, r *http.Request) (object, *failure) {
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, 1<<20))
	if err != nil {
		return nil, fail(413, "RequestEntityTooLarge", "The body is too large.")
	}
	pairs, fine := parseForm(r.URL.RawQuery, !e.on("plus.stays-plus"))
	if !fine {
		return nil, fail(400, "InvalidParameter", "The query cannot be decoded.")
	}
	query := &params{pairs}
	signed := query
	if e.on("plus.stays-plus") {
		pairs, _ = parseForm(r.URL.RawQuery, true)
		signed = &params{pairs}
	}
	c.params = &params{append([]pair(nil), query.pairs...)}
	c.action, c.version = query.text("Action"), query.text("Version")
	method := r.Method
	if method == "DELETE" && e.on("auth.delete-as-get") {
		method = "GET"
	}
	if method != "GET" && method != "POST" || method == "POST" && e.on("post.405") {
		return nil, fail(405, "MethodNotAllowed", "The specified method is not allowed.")
	}
	if r.URL.Path != "/" {
		return nil, noOperation(c)
	}
	if e.on("order.action-before-signature") && r.Method == "GET" && !served[c.action] && c.action != "" {
		return nil, noOperation(c)
	}
	if f := e.authenticate(c, r, signed, body); f != nil {
		return nil, f
	}
	if e.on("rate.429") {
		if e.front.rate() > 30 {
			return nil, fail(429, "FlowLimitExceeded", "The request is throttled.")
		}
	}
	if r.Method == "POST" {
		more, f := e.bodyParams(r, body)
		if f != nil {
			return nil, f
		}
		c.params.pairs = append(c.params.pairs, more...)
		c.action, c.version = c.params.text("Action"), c.params.text("Version")
	}
	if e.on("params.last-wins") {
		c.params.keepLast()
	}
	if e.on("empty.left-out") {
		c.params.dropEmpty()
	}
	return e.dispatch(c)
}

var served = map[string]bool{"CreateFlowLog": true, "DescribeFlowLogs": true, "DeleteFlowLog": true,
	"ModifyFlowLogAttribute": true, "ActiveFlowLog": true, "DeactiveFlowLog": true, "TagResources": true,
	"UntagResources": true, "ListTagsForResources": true}

func noOperation(c *call) *failure {
	return fail(404, "InvalidActionOrVersion", "Could not find operation "+c.action+" for version "+c.version+".")
}

func (e *endpoint) dispatch(c *call) (object, *failure) {
	if c.action == "" {
		return nil, missing("Action")
	}
	if c.version == "" {
		return nil, missing("Version")
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	c.at = time.Now()
	if c.version == "2020-04-01" || e.on("version.any") {
		switch c.action {
		case "CreateFlowLog":
			result, f := e.create(c)
			if result == nil && f == nil {
				result = c.reply
			}
			return result, f
		case "DescribeFlowLogs":
			return e.describe(c)
		case "DeleteFlowLog":
			return e.remove(c)
		case "ModifyFlowLogAttribute":
			return e.modify(c)
		case "ActiveFlowLog":
			return e.toggle(c, "Active")
		case "DeactiveFlowLog":
			return e.toggle(c, "Inactive")
		case "TagResources":
			return e.tagResources(c)
		case "UntagResources":
			return e.untagResources(c)
		case "ListTagsForResources":
			return e.listTags(c)
		}
	}
	return nil, noOperation(c)
}
