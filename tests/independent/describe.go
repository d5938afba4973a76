package main

// describe.go: DescribeFlowLogs, and the pages of every list.

import (
	"encoding/hex"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"
)

type tagFilter struct {
	key    string
	values map[string]bool
}

func (t tagFilter) fits(other tag) bool {
	return t.key == other.key && (len(t.values) == 0 || t.values[other.value])
}

func (e *endpoint) tagFilters(p *params) ([]tagFilter, *failure) {
	keys, f := e.indexed(p, "TagFilters", "Key")
	if f != nil {
		return nil, f
	}
	var out []tagFilter
	for n, key := range keys {
		filter := tagFilter{key, map[string]bool{}}
		values, f := e.indexed(p, "TagFilters."+strconv.Itoa(n)+".Values", "")
		if f != nil {
			return nil, f
		}
		for _, v := range values {
			filter.values[v] = true
		}
		out = append(out, filter)
	}
	if len(out) > 10 {
		return nil, fail(400, "LimitExceeded.TagFilters", "Too many tag filters.")
	}
	return out, nil
}

// seen is a flow log as a list shows it.
type seen struct {
	*flowLog
	version
}

// visible is what a list may show, in order of creation, seen from a moment that lies back in some readings.
func (e *endpoint) visible(c *call) []seen {
	now := c.at
	e.lists++
	if e.on("list.lags-2s") {
		now = now.Add(-2 * time.Second)
	}
	if e.on("list.two-replicas") && e.lists%2 == 0 {
		now = now.Add(-900 * time.Millisecond)
	}
	var out []seen
	for _, f := range e.flowLogs {
		mine := f.owner == c.account && f.region == c.region
		if e.on("list.other-accounts") && f.region == c.region {
			mine = true
		}
		if e.on("list.other-account-by-id") && c.params.text("FlowLogIds.1") == f.id {
			mine = true
		}
		if v, there := f.at(now); there && mine {
			out = append(out, seen{f, v})
		}
	}
	if e.on("list.order-of-ids") {
		sort.Slice(out, func(i, j int) bool { return out[i].id < out[j].id })
	}
	return out
}

func (e *endpoint) logID(s seen, what string) string {
	if e.on("log-ids.late") && s.status == "Creating" {
		return ""
	}
	return sum([]byte(s.owner.name + what))[:16]
}

func (e *endpoint) projectID(s seen) string { return e.logID(s, s.logProject) }
func (e *endpoint) topicID(s seen) string   { return e.logID(s, s.logProject+"/"+s.logTopic) }

// filters are the conditions that a request sets; a flow log is listed where each holds.
func (e *endpoint) filters(p *params) ([]func(seen) bool, *failure) {
	var out []func(seen) bool
	text := func(name, lie string, of func(seen) string) {
		want, have := p.get(name)
		if !have || want == "" || e.on(lie) {
			return
		}
		fuzzy := (name == "FlowLogName" || name == "Description") && e.on("list.fuzzy")
		out = append(out, func(s seen) bool { return of(s) == want || fuzzy && strings.Contains(of(s), want) })
	}
	text("FlowLogName", "list.name-ignored", func(s seen) string { return s.name })
	text("Description", "list.description-ignored", func(s seen) string { return s.description })
	text("ResourceType", "list.resource-type-ignored", func(s seen) string { return s.kind })
	text("ResourceId", "list.resource-id-ignored", func(s seen) string { return s.resource })
	text("TrafficType", "list.traffic-type-ignored", func(s seen) string { return s.traffic })
	text("LogProjectId", "list.log-project-ignored", e.projectID)
	text("LogTopicId", "list.log-topic-ignored", e.topicID)
	text("AggregationInterval", "list.interval-ignored", func(s seen) string { return strconv.Itoa(s.interval) })
	text("Status", "list.status-ignored", func(s seen) string { return s.status })
	text("VpcId", "list.vpc-ignored", func(s seen) string { return s.vpc })
	text("ProjectName", "list.project-ignored", func(s seen) string { return s.project })
	tags, f := e.tagFilters(p)
	if f != nil {
		return nil, f
	}
	for _, each := range tags {
		each := each
		out = append(out, func(s seen) bool {
			for _, t := range s.tags {
				if each.fits(t) {
					return true
				}
			}
			return e.on("list.tags-ignored")
		})
	}
	return out, nil
}

func (e *endpoint) byID(all []seen, p *params) ([]seen, *failure) {
	ids, f := e.indexed(p, "FlowLogIds", "")
	if f != nil || len(ids) == 0 {
		return all, f
	}
	most := 100
	if e.on("list.fifty-ids") {
		most = 50
	}
	if len(ids) > most {
		return nil, fail(400, "LimitExceeded.FlowLogIds", "Too many flow log ids.")
	}
	var out []seen
	found := 0
	for _, s := range all {
		for n, id := range ids {
			if s.id == id && (n == 1 || !e.on("list.first-id-alone")) {
				out = append(out, s)
				found++
				break
			}
		}
	}
	if found < len(ids) && e.on("list.unknown-id-empties") {
		return nil, nil
	}
	return out, nil
}

func (e *endpoint) describe(c *call) (object, *failure) {
	all, f := e.byID(e.visible(c), c.params)
	if f != nil {
		return nil, f
	}
	filters, f := e.filters(c.params)
	if f != nil {
		return nil, f
	}
	var fitting []seen
	for _, s := range all {
		held := 0
		for _, holds := range filters {
			if holds(s) {
				held++
			}
		}
		if held == len(filters) || (held > 0 && e.on("list.filters-or")) {
			fitting = append(fitting, s)
		}
	}
	if len(fitting) == 0 && len(filters) > 0 && e.on("list.nothing-fits-all") {
		fitting = all
	}
	rows := []any{}
	for i, s := range fitting {
		rows = append(rows, e.row(c, s, i, fitting))
	}
	shown, next, f := e.pageOf(c, rows)
	if f != nil {
		return nil, f
	}
	result := object{"FlowLogs": shown}
	if len(rows) == 0 && e.on("list.empty-is-null") {
		result["FlowLogs"] = nil
	}
	e.putNext(result, next)
	return result, nil
}

func (e *endpoint) timeText(t time.Time) any {
	switch {
	case e.on("times.epoch"):
		return t.Unix()
	case e.on("times.epoch-ms-text"):
		return strconv.FormatInt(t.UnixMilli(), 10)
	case e.on("times.spaced"):
		return t.UTC().Format("2006-01-02 15:04:05")
	case e.on("times.utc"):
		return t.UTC().Format("2006-01-02T15:04:05Z")
	}
	return t.In(time.FixedZone("", 8*3600)).Format("2006-01-02T15:04:05+08:00")
}

func tagRows(tags []tag) []any {
	out := []any{}
	for _, t := range tags {
		out = append(out, object{"Key": t.key, "Value": t.value})
	}
	return out
}

// row is a member of FlowLogs; i is its place among all that fit.
func (e *endpoint) row(c *call, s seen, i int, all []seen) object {
	tags := s.tags
	if e.on("row.tags-of-the-next") {
		tags = all[(i+1)%len(all)].tags
	}
	m := object{
		"FlowLogId": s.id, "FlowLogName": s.name, "Description": s.description, "ResourceType": s.kind,
		"ResourceId": s.resource, "TrafficType": s.traffic, "AggregationInterval": s.interval, "AccountId": s.owner.id,
		"BusinessStatus": "Normal", "LockReason": "", "ProjectName": s.project, "Status": s.status, "VpcId": s.vpc,
		"LogProjectId": e.projectID(s), "LogTopicId": e.topicID(s), "Tags": tagRows(tags),
		"CreatedAt": e.timeText(s.made), "UpdatedAt": e.timeText(s.from),
	}
	if n, err := strconv.ParseInt(s.owner.id, 10, 64); err == nil && e.on("account-id.number") {
		m["AccountId"] = n
	}
	if e.on("interval.text") {
		m["AggregationInterval"] = fmt.Sprint(s.interval)
	}
	if e.on("row.extra-members") {
		m["TrafficPath"], m["Version"], m["OpenAnalyzeProductLog"] = []string{"All"}, 2, false
	}
	if e.on("row.tags-null") && len(s.tags) == 0 {
		m["Tags"] = nil
	}
	e.spoil(c, s, i, m)
	return m
}

// spoil makes a row what no page allows.
func (e *endpoint) spoil(c *call, s seen, i int, m object) {
	if e.on("row.project-topic-swapped") {
		m["LogProjectId"], m["LogTopicId"] = m["LogTopicId"], m["LogProjectId"]
	}
	if e.on("row.account-wrong-in-several") && i > 0 {
		m["AccountId"] = "2199999999"
	}
	if e.on("row.vpc-is-resource") {
		m["VpcId"] = s.resource
	}
	if e.on("row.created-moves") {
		m["CreatedAt"] = e.timeText(c.at.Add(time.Duration(e.lists) * time.Second))
	}
	if e.on("row.created-year-1") {
		m["CreatedAt"] = "0001-01-01T00:00:00Z"
	}
	if e.on("row.created-after-updated") {
		m["CreatedAt"] = e.timeText(s.from.Add(time.Hour))
	}
	if e.on("row.locked") {
		m["BusinessStatus"] = "Locked"
	}
	if e.on("row.name-description-swapped") && i > 0 {
		m["FlowLogName"], m["Description"] = m["Description"], m["FlowLogName"]
	}
	if e.on("row.status-missing") {
		delete(m, "Status")
	}
}

// pageOf cuts a list; next is empty on the last page.
func (e *endpoint) pageOf(c *call, rows []any) ([]any, string, *failure) {
	size, start := 10, 0
	if text := c.params.text("MaxResults"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || (n > 100 && !e.on("list.max-results-clamped")) {
			return nil, "", fail(400, "InvalidParameter.MaxResults", "The specified parameter MaxResults is invalid.")
		}
		if size = n; size > 100 {
			size = 100
		}
	}
	if e.on("list.max-results-ignored") {
		size = 100
	}
	if text := c.params.text("NextToken"); text != "" {
		raw, err := hex.DecodeString(text)
		n, alsoErr := strconv.Atoi(strings.TrimPrefix(string(raw), "from:"))
		if err != nil || alsoErr != nil || n < 0 {
			return nil, "", fail(400, "InvalidParameter.NextToken", "The specified parameter NextToken is invalid.")
		}
		start = n
	}
	if e.on("page.loops") && start >= size {
		start = 0
	}
	if e.on("page.repeats") && start > 0 {
		start--
	}
	if e.on("page.loses") && start > 0 {
		start++
	}
	if start > len(rows) {
		start = len(rows)
	}
	end := start + size
	if end >= len(rows) {
		if e.on("page.loops") && start+size == len(rows) && size < len(rows) {
			return rows[start:], hex.EncodeToString([]byte("from:0")), nil
		}
		return rows[start:], "", nil
	}
	if e.on("page.last-lost") {
		return rows[start:end], "", nil
	}
	if e.on("page.loops") {
		return rows[start:end], hex.EncodeToString([]byte("from:0")), nil
	}
	return rows[start:end], hex.EncodeToString([]byte("from:" + strconv.Itoa(end))), nil
}

func (e *endpoint) putNext(result object, next string) {
	switch {
	case next != "":
		result["NextToken"] = next
	case e.on("next.absent"):
	case e.on("next.null"):
		result["NextToken"] = nil
	default:
		result["NextToken"] = ""
	}
}
