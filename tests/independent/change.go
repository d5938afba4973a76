package main

// change.go: the actions on a flow log that stands: modify, start, stop, delete.

import (
	"strings"
	"time"
)

var wrongStatus = fail(400, "InvalidFlowLog.InvalidStatus", "The specified flow log is not in the correct status for the request.")

func (e *endpoint) target(c *call) (*flowLog, version, *failure) {
	id, have := c.params.get("FlowLogId")
	if !have {
		return nil, version{}, missing("FlowLogId")
	}
	f, v := e.find(c, id, c.at)
	if f == nil {
		return nil, v, e.notFound()
	}
	return f, v, nil
}

// tokened carries out a change under its client token.
func (e *endpoint) tokened(c *call, change func() *failure) (object, *failure) {
	token := c.params.text("ClientToken")
	if f := e.checkToken(token); f != nil {
		return nil, f
	}
	entry, answer, f := e.beginToken(c, token)
	if entry == nil {
		if answer != nil {
			answer = object{}
		}
		return answer, f
	}
	if f := change(); f != nil {
		e.refuseToken(entry)
		return nil, f
	}
	entry.open = false
	return object{}, nil
}

func (e *endpoint) modify(c *call) (object, *failure) {
	p := c.params
	name, renamed := p.get("FlowLogName")
	if renamed {
		if f := e.checkName(c, name, ""); f != nil {
			return nil, f
		}
	}
	text, described := p.get("Description")
	if f := e.checkDescription(text); f != nil {
		return nil, f
	}
	minutes, timed := 0, false
	if written, have := p.get("AggregationInterval"); have {
		n, f := e.intervalOf(written)
		if f != nil {
			return nil, f
		}
		minutes, timed = n, true
	}
	return e.tokened(c, func() *failure {
		f, old, bad := e.target(c)
		if bad != nil {
			return bad
		}
		if old.status != "Active" && old.status != "Inactive" {
			return wrongStatus
		}
		next := old
		if renamed && !e.on("modify.name-ignored") {
			next.name = e.stored(name)
		}
		if described {
			next.description = e.stored(text)
		} else if e.on("modify.clears-description") {
			next.description = ""
		}
		if timed && !e.on("modify.interval-ignored") {
			next.interval = minutes
		}
		if e.on("modify.drops-tags") {
			next.tags = nil
		}
		ends := old.status
		if e.on("modify.ends-active") {
			ends = "Active"
		}
		e.through(f, c.at, next, ends)
		return nil
	})
}

// through sends a flow log by way of Pending.
func (e *endpoint) through(f *flowLog, now time.Time, v version, ends string) {
	v.from, v.status = now, "Pending"
	last := v
	last.from, last.status = now.Add(e.pace), ends
	if e.on("pending.for-ever") {
		f.change(now, v)
		return
	}
	f.change(now, v, last)
}

// toggle is ActiveFlowLog and DeactiveFlowLog.
func (e *endpoint) toggle(c *call, ends string) (object, *failure) {
	return e.tokened(c, func() *failure {
		f, old, bad := e.target(c)
		if bad != nil {
			return bad
		}
		if old.status == ends && e.on("repeat.is-no-op") {
			return nil
		}
		if old.status == ends || old.status != "Active" && old.status != "Inactive" {
			return wrongStatus
		}
		if (ends == "Active" && e.on("active.does-nothing")) || (ends == "Inactive" && e.on("deactive.does-nothing")) {
			return nil
		}
		if ends == "Inactive" && e.on("deactive.loses-name") {
			old.name = ""
		}
		e.through(f, c.at, old, ends)
		return nil
	})
}

func (e *endpoint) remove(c *call) (object, *failure) {
	id, have := c.params.get("FlowLogId")
	if !have {
		return nil, missing("FlowLogId")
	}
	var targets []*flowLog
	for _, f := range e.flowLogs {
		_, there := f.at(c.at)
		mine := f.owner == c.account || e.on("delete.other-account")
		named := f.id == id || (e.on("delete.by-prefix") && len(id) > 4 && strings.HasPrefix(f.id, id))
		if there && mine && named && f.region == c.region {
			targets = append(targets, f)
		}
	}
	if len(targets) == 0 {
		return nil, e.notFound()
	}
	if v, _ := targets[0].at(c.at); v.status == "Deleting" {
		return nil, wrongStatus
	} else if v.status == "Creating" && e.on("delete.creating-refused") {
		return nil, wrongStatus
	} else if v.status == "Creating" && e.on("delete.creating-409") {
		return nil, fail(409, "InvalidOperation.Conflict", "The specified resource operation conflicts.")
	}
	if e.on("delete.all-of-vpc") {
		for _, f := range e.flowLogs {
			if _, there := f.at(c.at); there && f.vpc == targets[0].vpc && f.owner == targets[0].owner {
				targets = append(targets, f)
			}
		}
	}
	for _, f := range targets {
		e.takeAway(f, c.at)
	}
	return object{}, nil
}

func (e *endpoint) takeAway(f *flowLog, now time.Time) {
	if e.on("delete.does-nothing") {
		return
	}
	v, _ := f.at(now)
	v.from, v.status = now, "Deleting"
	last := v
	last.from, last.gone = now.Add(e.pace), true
	switch {
	case e.on("delete.never-ends"):
		f.change(now, v)
	case e.on("delete.at-once"):
		last.from = now
		f.change(now, last)
	case e.on("delete.comes-back"):
		back := v
		back.from, back.status = now.Add(e.pace+time.Second), "Active"
		f.change(now, v, last, back)
	default:
		f.change(now, v, last)
	}
}
