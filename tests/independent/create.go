package main

// create.go: CreateFlowLog.

import (
	"strconv"
	"strings"
	"time"
)

type wish struct {
	name, description, kind, resource, traffic string
	logProject, logTopic, project, token       string
	interval                                   int
	tags                                       []tag
}

var required = []string{"FlowLogName", "ResourceType", "ResourceId", "TrafficType", "LogProjectName", "LogTopicName"}

var known = map[string]bool{"Action": true, "Version": true, "FlowLogName": true, "Description": true, "ResourceType": true,
	"ResourceId": true, "TrafficType": true, "LogProjectName": true, "LogTopicName": true, "AggregationInterval": true,
	"ProjectName": true, "ClientToken": true}

func (e *endpoint) trimming(p *params) {
	for name, parameter := range map[string]string{"trim.name": "FlowLogName", "trim.description": "Description",
		"trim.resource-type": "ResourceType", "trim.resource-id": "ResourceId", "trim.traffic-type": "TrafficType",
		"trim.log-project": "LogProjectName", "trim.interval": "AggregationInterval", "trim.project": "ProjectName"} {
		if e.on(name) {
			p.set(parameter, strings.TrimSpace(p.text(parameter)))
		}
	}
}

// intervalOf reads the minutes.
func (e *endpoint) intervalOf(text string) (int, *failure) {
	n, err := strconv.Atoi(text)
	if err == nil && (n == 1 || n == 5 || n == 10) && (strconv.Itoa(n) == text || e.on("interval.parsed")) {
		return n, nil
	}
	if err == nil && n > 0 && n <= 60 && e.on("interval.any") {
		return n, nil
	}
	return 0, fail(400, "InvalidParameter.FlowLogAggregationInterval", "The specified aggregation interval is invalid.")
}

func (e *endpoint) checkToken(token string) *failure {
	bad := len(token) > 64 && !e.on("token.length-unchecked")
	for i := 0; i < len(token); i++ {
		bad = bad || token[i] > 127
	}
	if bad {
		return fail(400, "InvalidParameter.ClientTokenMalformed", "The specified parameter ClientToken is malformed.")
	}
	return nil
}

// read checks everything that can be told from the request alone.
func (e *endpoint) read(c *call) (*wish, *failure) {
	p := c.params
	e.trimming(p)
	w := &wish{interval: 10, project: "default"}
	for _, name := range required {
		if _, have := p.get(name); !have {
			if name == "FlowLogName" && e.on("name.defaults-to-id") {
				continue
			}
			return nil, missing(name)
		}
	}
	if _, have := p.get("AggregationInterval"); !have && e.on("interval.required") {
		return nil, missing("AggregationInterval")
	}
	if e.on("unknown.refused") {
		for _, each := range p.pairs {
			if !known[each.name] && !strings.HasPrefix(each.name, "Tags.") && !strings.HasPrefix(each.name, "X-") {
				return nil, fail(400, "UnknownParameter", "The parameter "+each.name+" is not recognized.")
			}
		}
	}
	w.kind, w.resource, w.traffic = p.text("ResourceType"), p.text("ResourceId"), p.text("TrafficType")
	w.logProject, w.logTopic, w.token = p.text("LogProjectName"), p.text("LogTopicName"), p.text("ClientToken")
	w.description = p.text("Description")
	if f := e.checkWords(c, w); f != nil {
		return nil, f
	}
	if text, have := p.get("AggregationInterval"); have {
		n, f := e.intervalOf(text)
		if f != nil {
			return nil, f
		}
		w.interval = n
	} else if e.on("default.interval-5") {
		w.interval = 5
	}
	if text, have := p.get("ProjectName"); have {
		w.project = text
	}
	most := 20
	if e.on("tags.up-to-50") {
		most = 50
	} else if e.on("tags.any-number") {
		most = 1000
	}
	tags, f := e.tagsOf(p, most)
	if f != nil {
		return nil, f
	}
	w.tags = tags
	return w, e.checkToken(w.token)
}

func (e *endpoint) checkWords(c *call, w *wish) *failure {
	if name, have := c.params.get("FlowLogName"); have {
		w.name = name
		if f := e.checkName(c, name, w.kind); f != nil {
			return f
		}
	}
	if f := e.checkDescription(w.description); f != nil {
		return f
	}
	switch w.kind {
	case "vpc", "subnet", "eni":
	case "nat", "clb", "eip", "transitrouter":
		if e.on("words.neighbours") {
			w.kind = "vpc"
			break
		}
		fallthrough
	default:
		if e.on("words.any-case") && (strings.EqualFold(w.kind, "vpc") || strings.EqualFold(w.kind, "eni") || strings.EqualFold(w.kind, "subnet")) {
			w.kind = strings.ToLower(w.kind)
			break
		}
		return fail(400, "InvalidResourceType.Malformed", "The specified parameter resource type is invalid.")
	}
	switch w.traffic {
	case "All", "Allow", "Drop":
	case "Reject":
		if e.on("words.reject") {
			break
		}
		fallthrough
	case "accept":
		if e.on("words.accept") && w.traffic == "accept" {
			break
		}
		fallthrough
	default:
		return fail(400, "InvalidParameter.FlowLogTrafficType", "The specified traffic type is invalid.")
	}
	for _, name := range []string{w.logProject, w.logTopic} {
		if !logName.MatchString(name) && !e.on("log-names.unchecked") {
			return fail(400, "InvalidName.Malformed", "The specified name is malformed.")
		}
	}
	return nil
}

// admit checks the request against the world. It returns with e.mu held, as it was called.
func (e *endpoint) admit(c *call, w *wish, now time.Time) *failure {
	if c.account.condition != nil {
		return c.account.condition
	}
	if w.project != "default" && w.project != "team-a" {
		return fail(404, "InvalidProject.NotFound", "The specified Project does not exist.")
	}
	if !c.account.has(w.kind, w.resource) || c.region != region {
		if e.on("resource.wrong-type-400") {
			for _, kind := range []string{"vpc", "subnet", "eni"} {
				if c.account.has(kind, w.resource) {
					return fail(400, "InvalidParameter.FlowLogInvalidResource", "The specified resource is not allowed to be bound to a flow log.")
				}
			}
		}
		return fail(404, "InvalidResource.NotFound", "The specified resource does not exist.")
	}
	if f := e.special[w.resource]; f != nil {
		return f
	}
	if w.logProject == "conflicting-project" && w.logTopic == "conflicting-topic" {
		return fail(400, "InvalidParameter.TLSTopicExisted", "The specified topic name already exists.")
	}
	if f := e.conflict(c, w, now); f != nil {
		return f
	}
	for _, f := range e.flowLogs {
		v, there := f.at(now)
		if there && e.on("unique.name") && f.owner == c.account && v.name == w.name {
			return fail(400, "InvalidName.Malformed", "The specified name already exists.")
		}
	}
	unbound := (w.kind == "eni" && e.on("types.eni-bound-twice")) || e.on("binding.unchecked")
	if !unbound && e.boundTo(c, w.kind, w.resource, now) != nil {
		return fail(400, "InvalidParameter.FlowLogResourceAlreadyBound", "The specified resource is already bound to a flow log.")
	}
	most := 10
	if e.on("quota.none") {
		most = 1000
	}
	if e.counted(c, now) >= most {
		if e.on("quota.429") {
			return fail(429, "QuotaExceeded", "The quota is exceeded.")
		}
		return fail(400, "LimitExceeded.FlowLog", "You've reached the limit on the number of flow logs that you can create.")
	}
	return nil
}

// conflict is 409 in the readings in which creations may be in each other's way.
func (e *endpoint) conflict(c *call, w *wish, now time.Time) *failure {
	busy := fail(409, "InvalidOperation.Conflict", "The specified resource operation conflicts.")
	if e.on("conflict.request-of-account") && c.account.busy > 1 {
		return busy
	}
	for _, f := range e.flowLogs {
		v, there := f.at(now)
		if !there || v.status != "Creating" || f.owner != c.account {
			continue
		}
		if e.on("conflict.creating-on-resource") && f.resource == w.resource {
			return busy
		}
		if e.on("conflict.creating-in-vpc") && f.vpc == c.account.vpcOf(w.kind, w.resource) {
			return busy
		}
	}
	return nil
}

func (e *endpoint) create(c *call) (object, *failure) {
	if e.on("refused.creates") && len([]rune(c.params.text("FlowLogName"))) > 128 {
		broken := c.params.text("FlowLogName")
		c.params.set("FlowLogName", "kept-all-the-same")
		if w, f := e.read(c); f == nil && e.admit(c, w, c.at) == nil {
			e.make(c, w, c.at)
		}
		c.params.set("FlowLogName", broken)
	}
	w, f := e.read(c)
	if f != nil {
		return nil, e.onceInAWhile(c, f)
	}
	entry, answer, f := e.beginToken(c, w.token)
	if f != nil && e.on("token.mismatch-creates") && f.code == "IdempotentParameterMismatch" && e.admit(c, w, c.at) == nil {
		e.make(c, w, c.at)
	}
	if entry == nil {
		return answer, f
	}
	c.account.busy++
	defer func() { c.account.busy-- }()
	e.pause("conflict.request-of-account", 20)
	f = e.admit(c, w, c.at)
	if e.on("binding.not-atomic") || e.on("quota.not-atomic") {
		seen := e.counted(c, c.at)
		e.pause("", 15)
		if f == nil && e.on("binding.not-atomic") && e.counted(c, time.Now()) > seen && e.counted(c, time.Now()) >= 10 {
			f = fail(400, "LimitExceeded.FlowLog", "You've reached the limit on the number of flow logs that you can create.")
		}
		if f == nil && e.on("quota.not-atomic") && e.boundTo(c, w.kind, w.resource, time.Now()) != nil {
			f = fail(400, "InvalidParameter.FlowLogResourceAlreadyBound", "The specified resource is already bound to a flow log.")
		}
	}
	if f != nil {
		e.refuseToken(entry)
		return nil, f
	}
	made := e.make(c, w, time.Now())
	entry.flowLog = made
	entry.open = false
	return e.created(made), nil
}

func (e *endpoint) created(f *flowLog) object {
	if e.on("answer.no-id") {
		return object{}
	}
	if e.on("answer.other-id") {
		return object{"FlowLogId": "fl-" + letters(18)}
	}
	return object{"FlowLogId": f.id}
}

// onceInAWhile lets every fortieth malformed name through where that lie is on.
func (e *endpoint) onceInAWhile(c *call, f *failure) *failure {
	if e.on("chance.malformed-taken") && f.code == "InvalidDescription.Malformed" {
		if e.refused++; e.refused%20 == 7 {
			c.params.set("Description", "x")
			if w, bad := e.read(c); bad == nil && e.admit(c, w, c.at) == nil {
				c.reply = e.created(e.make(c, w, c.at))
				return nil
			}
		}
	}
	return f
}

// make adds a flow log; its states lie ahead of it.
func (e *endpoint) make(c *call, w *wish, now time.Time) *flowLog {
	e.count++
	f := &flowLog{id: e.newFlowLogID(), kind: w.kind, resource: w.resource, traffic: w.traffic, project: w.project,
		logProject: w.logProject, logTopic: w.logTopic, owner: c.account, order: e.count, made: now, region: c.region}
	f.vpc = c.account.vpcOf(w.kind, w.resource)
	v := version{from: now, status: "Creating", name: e.stored(w.name), description: e.stored(w.description), interval: w.interval, tags: w.tags}
	if w.name == "" {
		v.name = f.id
	}
	if e.on("description.end-trimmed") {
		v.description = strings.TrimRight(v.description, " ")
	}
	if r := []rune(v.description); e.on("stored.description-cut") && len(r) > 128 {
		v.description = string(r[:128])
	}
	if e.on("stored.name-lower-case") {
		v.name = strings.ToLower(v.name)
	}
	if e.on("stored.traffic-all") {
		f.traffic = "All"
	}
	if e.on("stored.project-default") {
		f.project = "default"
	}
	f.versions = []version{v}
	then := func(after time.Duration, status string) {
		v.from, v.status = now.Add(after), status
		f.versions = append(f.versions, v)
	}
	switch {
	case e.on("state.never-active"), e.on("types.eni-stays-creating") && w.kind == "eni":
	case e.on("types.subnet-ends-inactive") && w.kind == "subnet":
		then(e.pace, "Inactive")
	default:
		then(e.pace, "Active")
	}
	if e.on("state.creating-again") {
		then(e.pace*2, "Creating")
		then(e.pace*2+3*time.Second, "Active")
	}
	if e.on("state.unknown-word") {
		f.versions[0].status = "Provisioning"
	}
	if !e.on("create.nothing") {
		e.flowLogs = append(e.flowLogs, f)
	}
	return f
}
