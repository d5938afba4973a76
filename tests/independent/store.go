package main

// store.go: accounts, their resources and their flow logs. A flow log is a list of versions, each from a
// moment on, so that what it looks like at any time, now or a while ago, can be read. All of it is guarded
// by endpoint.mu.

import (
	"fmt"
	"strings"
	"time"
)

type account struct {
	name, key, secret, token, id string
	resources                    map[string][]string // by type
	condition                    *failure            // what every create of it gets
	busy                         int                 // creates under way
}

type tag struct{ key, value string }

type version struct {
	from        time.Time
	gone        bool
	status      string
	name        string
	description string
	interval    int
	tags        []tag
}

type flowLog struct {
	id, kind, resource, vpc, traffic string
	project, logProject, logTopic    string
	region                           string
	owner                            *account
	order                            int
	made                             time.Time
	versions                         []version
}

// at returns what the flow log was at a time; false where it was not there.
func (f *flowLog) at(t time.Time) (version, bool) {
	for i := len(f.versions) - 1; i >= 0; i-- {
		if v := f.versions[i]; !v.from.After(t) {
			return v, !v.gone
		}
	}
	return version{}, false
}

// change replaces all that lies ahead by v from now on and then by the ones that follow.
func (f *flowLog) change(now time.Time, next ...version) {
	kept := f.versions[:0:0]
	for _, v := range f.versions {
		if !v.from.After(now) {
			kept = append(kept, v)
		}
	}
	f.versions = append(kept, next...)
}

// retag gives the flow log other tags, now and in all that lies ahead.
func (f *flowLog) retag(now time.Time, tags []tag) {
	current, _ := f.at(now)
	var ahead []version
	for _, v := range f.versions {
		if v.from.After(now) {
			v.tags = tags
			ahead = append(ahead, v)
		}
	}
	current.from, current.tags = now, tags
	f.change(now, append([]version{current}, ahead...)...)
}

func (e *endpoint) accountOf(key string) *account {
	for _, a := range e.accounts {
		if a.key == key {
			return a
		}
	}
	return nil
}

func (a *account) has(kind, id string) bool {
	for _, each := range a.resources[kind] {
		if each == id {
			return true
		}
	}
	return false
}

// standing is true where f occupies its resource, or counts against the quota, at a time.
func (e *endpoint) standing(f *flowLog, now time.Time, late bool) bool {
	if _, there := f.at(now); there {
		return true
	}
	if late {
		_, there := f.at(now.Add(-1500 * time.Millisecond))
		return there
	}
	return false
}

func (e *endpoint) boundTo(c *call, kind, resource string, now time.Time) *flowLog {
	for _, f := range e.flowLogs {
		if f.owner != c.account || f.region != c.region || f.kind != kind || f.resource != resource {
			continue
		}
		if e.on("delete.keeps-binding") || e.standing(f, now, e.on("resource.freed-late")) {
			return f
		}
	}
	return nil
}

func (e *endpoint) counted(c *call, now time.Time) int {
	n := 0
	for _, f := range e.flowLogs {
		if f.region != c.region || (f.owner != c.account && !e.on("quota.shared-by-accounts")) {
			continue
		}
		if e.on("delete.keeps-quota") || e.standing(f, now, e.on("quota.freed-late")) {
			n++
		}
	}
	return n
}

// find returns the caller's flow log of an id, as it is now.
func (e *endpoint) find(c *call, id string, now time.Time) (*flowLog, version) {
	for _, f := range e.flowLogs {
		if f.id == id && f.region == c.region && f.owner == c.account {
			if v, there := f.at(now); there {
				return f, v
			}
		}
	}
	return nil, version{}
}

func (e *endpoint) notFound() *failure {
	switch {
	case e.on("unknown-id.400"):
		return fail(400, "InvalidFlowLog.NotFound", "The specified flow log does not exist.")
	case e.on("unknown-id.resource-code"):
		return fail(404, "InvalidResource.NotFound", "The specified resource does not exist.")
	}
	return fail(404, "InvalidFlowLog.NotFound", "The specified flow log does not exist.")
}

func letters(n int) string {
	var b strings.Builder
	for b.Len() < n {
		b.WriteString(strings.ToLower(newID()[14:]))
	}
	return b.String()[:n]
}

func (e *endpoint) newFlowLogID() string {
	if e.on("id.other-form") {
		return newID()
	}
	return "fl-" + letters(18)
}

var conditions = map[string]*failure{
	"arrears":                   fail(400, "UnsupportedOperation", "The request on the specified instance is denied due to the account in arrears status."),
	"low_balance":               fail(400, "UnsupportedOperation", "The request on the specified instance is denied due to the account balance and available vouchers are less than 100 yuan in total."),
	"order_error":               fail(400, "OrderError", "Failed to create an order in one step."),
	"service_unauthorized":      fail(401, "InvalidOperation.NoPermission", "The current service is not allowed to do this operation."),
	"purchase_limited":          fail(403, "Forbidden.PurchaseLimited", "The account is not authorized to purchase the resource."),
	"tls_not_enabled":           fail(403, "InvalidFlowLog.TlsAccessDenied", "TLS service access denied."),
	"tls_not_supported":         fail(400, "InvalidFlowLog.TlsNotSupport", "The specified account is not supported by TLS service in this region."),
	"cloud_profile_unavailable": fail(400, "InvalidFlowLog.CloudProfileNotAvailable", "The cloud profile is not available in this region."),
	"tls_project_limit":         fail(400, "LimitExceeded.TLSProject", "You've reached the limit on the number of TLS project per region that you can create."),
	"tls_topic_limit":           fail(400, "LimitExceeded.TLSTopic", "You've reached the limit on the number of TLS topics per project that you can create."),
}

func newAccount(name string, each int) *account {
	a := &account{name: name, key: "AK" + letters(20), secret: letters(40), id: fmt.Sprintf("21%08d", len(name)*104729)}
	a.resources = map[string][]string{}
	for _, kind := range []string{"vpc", "subnet", "eni"} {
		for i := 0; i < each; i++ {
			a.resources[kind] = append(a.resources[kind], kind+"-"+letters(16))
		}
	}
	return a
}

// settle makes the world that the profile tells of.
func (e *endpoint) settle() {
	first := newAccount("default", 4)
	first.id = "2100000001"
	second := newAccount("other", 2)
	second.id = "2100000002"
	if e.on("session.token") {
		first.token = "STS" + letters(30)
	}
	e.accounts = []*account{first, second}
	for name, f := range conditions {
		a := newAccount(name, 1)
		a.condition = f
		e.accounts = append(e.accounts, a)
	}
	e.special = map[string]*failure{}
	add := func(name, kind string, f *failure) {
		id := kind + "-" + letters(16)
		first.resources[kind] = append(first.resources[kind], id)
		e.special[id] = f
		e.specialNames[name] = id
	}
	e.specialNames = map[string]string{}
	add("vpc_invalid_status", "vpc", fail(400, "InvalidVpc.InvalidStatus", "The specified VPC is not in the correct status for the request."))
	add("subnet_invalid_status", "subnet", fail(400, "InvalidSubnet.InvalidStatus", "The specified subnet is not in the correct status for the request."))
	add("eni_invalid_status", "eni", fail(400, "InvalidEni.InvalidStatus", "The specified elastic network interface is not in the correct status for the request."))
	add("eni_shared", "eni", fail(403, "Forbidden.ShareENI", "You are not authorized to perform operations on the specified elastic network interface. The specified elastic network interface in shared subnet does not support this operation."))
	add("unsupported", "eni", fail(400, "InvalidParameter.FlowLogInvalidResource", "The specified resource is not allowed to be bound to a flow log."))
	add("busy", "vpc", fail(409, "InvalidOperation.Conflict", "The specified resource operation conflicts."))
}

// vpcOf: the n-th subnet and the n-th eni lie in the n-th vpc, two by two.
func (a *account) vpcOf(kind, id string) string {
	if kind == "vpc" {
		return id
	}
	for i, each := range a.resources[kind] {
		if each == id {
			return a.resources["vpc"][(i/2)%len(a.resources["vpc"])]
		}
	}
	return ""
}
