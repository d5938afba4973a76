package main

// tokens.go: idempotency. A token belongs to an account, a region and an action, and is remembered for good.

import (
	"strings"
	"time"
)

type tokenEntry struct {
	asked   string
	open    bool // the request that it came with is under way
	poison  bool
	at      time.Time
	flowLog *flowLog
}

func (e *endpoint) tokenKey(c *call, token string) string {
	if e.on("token.any-case") {
		token = strings.ToLower(token)
	}
	if e.on("token.trimmed") {
		token = strings.TrimSpace(token)
	}
	parts := []string{c.account.name, c.region, c.action, token}
	if e.on("token.shared-by-accounts") {
		parts[0] = ""
	}
	return strings.Join(parts, "\x00")
}

func (e *endpoint) asked(c *call) string {
	if e.on("token.defaults-equal") {
		p := &params{}
		for _, each := range c.params.pairs {
			isDefault := each == pair{"AggregationInterval", "10"} || each == pair{"ProjectName", "default"} || each == pair{"Description", ""}
			if !isDefault {
				p.pairs = append(p.pairs, each)
			}
		}
		return p.fingerprint()
	}
	return c.params.fingerprint()
}

// beginToken returns the entry to work under, or nil and what to answer instead.
func (e *endpoint) beginToken(c *call, token string) (*tokenEntry, object, *failure) {
	fresh := &tokenEntry{asked: e.asked(c), open: true, at: c.at}
	if token == "" || e.on("token.ignored") {
		return fresh, nil, nil
	}
	key := e.tokenKey(c, token)
	old := e.tokens[key]
	if old != nil && e.on("token.forgotten-soon") && c.at.Sub(old.at) > time.Second {
		old = nil
	}
	if old != nil && old.flowLog != nil && e.on("token.forgotten-after-deletion") {
		if _, there := old.flowLog.at(c.at); !there {
			old = nil
		}
	}
	if old == nil {
		if e.on("token.not-atomic") {
			e.pause("", 15)
		}
		e.tokens[key] = fresh
		return fresh, nil, nil
	}
	processing := fail(412, "IdempotentProcessing", "The request uses the same client token as a previous one that is still in process.")
	mismatch := fail(400, "IdempotentParameterMismatch", "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).")
	switch {
	case old.asked != fresh.asked && !e.on("token.mismatch-taken"):
		return nil, nil, mismatch
	case old.poison && e.on("token.poisoned-empty-id"):
		return nil, object{"FlowLogId": ""}, nil
	case old.open:
		return nil, nil, processing
	case old.flowLog == nil:
		return nil, object{}, nil
	}
	if e.on("token.412-until-active") {
		if v, there := old.flowLog.at(c.at); there && v.status == "Creating" {
			return nil, nil, processing
		}
	}
	return nil, e.created(old.flowLog), nil
}

// refuseToken frees the token of a request that was refused.
func (e *endpoint) refuseToken(entry *tokenEntry) {
	if e.on("token.poisoned-412") || e.on("token.poisoned-empty-id") {
		entry.poison = true
		return
	}
	for key, each := range e.tokens {
		if each == entry {
			delete(e.tokens, key)
		}
	}
}
