package main

// tags.go: the tags of a request, and the three actions that tag.

import (
	"sort"
	"strconv"
	"strings"
	"time"
)

var (
	badKey   = fail(400, "InvalidTagKey.Malformed", "The specified parameter tag key is invalid.")
	badValue = fail(400, "InvalidTagValue.Malformed", "The specified parameter tag value is invalid.")
	disorder = fail(400, "InvalidTag.Disorder", "The specified index order of tag is malformed.")
	tooMany  = fail(400, "LimitExceeded.Tags", "You've reached the limit on the number of tags that you can operate at one time.")
)

// index reads the N of a name: its number, whether it counts at all, and what is wrong with it.
func (e *endpoint) index(text string) (int, bool, *failure) {
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil && text != "" && strings.Trim(text, "0123456789") == "" {
		if e.on("index.wide-aborts") {
			panic(abort)
		}
		return 0, false, disorder
	}
	odd := text != strconv.FormatInt(n, 10) || err != nil
	switch {
	case odd && e.on("index.odd-ignored"):
		return 0, false, nil
	case odd && e.on("index.odd-is-key"):
		return 0, false, badKey
	case err == nil && odd && e.on("index.leading-zero-taken") && !strings.HasPrefix(text, "+"):
		return int(n), true, nil
	case odd:
		return 0, false, disorder
	}
	return int(n), true, nil
}

// indexed collects PREFIX.N.FIELD (or PREFIX.N where field is empty) by N.
func (e *endpoint) indexed(p *params, prefix, field string) (map[int]string, *failure) {
	out := map[int]string{}
	for _, each := range p.pairs {
		rest := strings.TrimPrefix(each.name, prefix+".")
		if rest == each.name {
			continue
		}
		if field != "" {
			if !strings.HasSuffix(rest, "."+field) {
				continue
			}
			rest = strings.TrimSuffix(rest, "."+field)
		} else if strings.Contains(rest, ".") {
			continue
		}
		n, counts, f := e.index(rest)
		if f != nil {
			return nil, f
		}
		if _, twice := out[n]; counts && !twice {
			out[n] = each.value
		}
	}
	return out, nil
}

func inOrder(m map[int]string) bool {
	for i := 1; i <= len(m); i++ {
		if _, have := m[i]; !have {
			return false
		}
	}
	return true
}

func (e *endpoint) checkKey(key string) *failure {
	n := e.length(key)
	long := n > 128 && !(e.on("tags.key-129") && n == 129)
	lower := strings.ToLower(key)
	if e.on("tags.reserved-by-case") {
		lower = key
	}
	reserved := strings.HasPrefix(lower, "volc:") || strings.HasPrefix(lower, "sys:")
	if e.on("tags.sys-without-colon") {
		reserved = reserved || strings.HasPrefix(lower, "sys")
	}
	if n == 0 || long || reserved || !e.tagText(key) {
		return badKey
	}
	return nil
}

func (e *endpoint) blanks(s string, bad *failure) (string, *failure) {
	trimmed := strings.Trim(s, " ")
	if trimmed != s && e.on("tags.blanks-refused") {
		return "", bad
	}
	if e.on("tags.blanks-kept") {
		return s, nil
	}
	return trimmed, nil
}

// tagsOf reads and checks the tags of a request.
func (e *endpoint) tagsOf(p *params, most int) ([]tag, *failure) {
	keys, f := e.indexed(p, "Tags", "Key")
	if f != nil {
		return nil, f
	}
	values, f := e.indexed(p, "Tags", "Value")
	if f != nil {
		return nil, f
	}
	if len(keys) > most {
		return nil, tooMany
	}
	for n := range values {
		if _, have := keys[n]; !have && !e.on("tags.value-alone-taken") {
			if e.on("tags.value-alone-disorder") {
				return nil, disorder
			}
			return nil, badKey
		}
	}
	if !inOrder(keys) && !e.on("tags.gap-taken") {
		return nil, disorder
	}
	var order []int
	for n := range keys {
		order = append(order, n)
	}
	sort.Ints(order)
	return e.checkTags(order, keys, values)
}

func (e *endpoint) checkTags(order []int, keys, values map[int]string) ([]tag, *failure) {
	var out []tag
	seen := map[string]bool{}
	for _, n := range order {
		key, f := e.blanks(keys[n], badKey)
		if f != nil {
			return nil, f
		}
		if f := e.checkKey(key); f != nil {
			return nil, f
		}
		value, f := e.blanks(values[n], badValue)
		if f != nil {
			return nil, f
		}
		most := 256
		if e.on("tags.value-255") {
			most = 255
		}
		if e.length(value) > most || !e.tagText(value) {
			return nil, badValue
		}
		if seen[key] && !e.on("tags.twice-taken") {
			if e.on("tags.twice-409") {
				return nil, fail(409, "InvalidOperation.Conflict", "The specified resource operation conflicts.")
			}
			return nil, badKey
		}
		seen[key] = true
		out = append(out, tag{key, value})
	}
	if e.on("tags.last-of-many-lost") && len(out) > 9 {
		out = out[:len(out)-1]
	}
	return out, nil
}

func merged(old, added []tag) []tag {
	out := append([]tag(nil), old...)
next:
	for _, t := range added {
		for i := range out {
			if out[i].key == t.key {
				out[i] = t
				continue next
			}
		}
		out = append(out, t)
	}
	return out
}

// tagged returns the flow logs that a tag action names.
func (e *endpoint) tagged(c *call, now time.Time, required bool) ([]*flowLog, *failure) {
	kind, have := c.params.get("ResourceType")
	if !have {
		return nil, missing("ResourceType")
	}
	if kind != "flowlog" {
		return nil, fail(400, "InvalidResourceType.Malformed", "The specified parameter resource type is invalid.")
	}
	ids, f := e.indexed(c.params, "ResourceIds", "")
	if f != nil {
		return nil, f
	}
	if len(ids) == 0 && required {
		return nil, missing("ResourceIds.1")
	}
	if len(ids) > 50 {
		return nil, fail(400, "LimitExceeded.Resource", "You've reached the limit on the number of resources that you can operate at one time.")
	}
	var out []*flowLog
	for _, id := range ids {
		found, _ := e.find(c, id, now)
		if found == nil && required {
			status := 400
			if e.on("untag.404") {
				status = 404
			}
			return nil, fail(status, "InvalidResource.NotFound", "The specified resource does not exist.")
		}
		if found != nil {
			out = append(out, found)
		}
	}
	return out, nil
}

func (e *endpoint) tagResources(c *call) (object, *failure) {
	now := c.at
	tags, f := e.tagsOf(c.params, 20)
	if f != nil {
		return nil, f
	}
	if len(tags) == 0 {
		return nil, missing("Tags.1.Key")
	}
	targets, f := e.tagged(c, now, true)
	if f != nil {
		return nil, f
	}
	for _, each := range targets {
		v, _ := each.at(now)
		all := merged(v.tags, tags)
		if e.on("tag.replaces-all") {
			all = tags
		}
		if e.on("tag.old-value-stays") {
			all = merged(tags, v.tags)
		}
		if len(all) > 50 {
			return nil, tooMany
		}
		each.retag(now, all)
		if e.on("tag.first-resource-only") {
			break
		}
	}
	return object{}, nil
}

func (e *endpoint) untagResources(c *call) (object, *failure) {
	keys, f := e.indexed(c.params, "TagKeys", "")
	if f != nil {
		return nil, f
	}
	if len(keys) == 0 {
		return nil, missing("TagKeys.1")
	}
	if len(keys) > 20 {
		return nil, tooMany
	}
	gone := map[string]bool{}
	for _, key := range keys {
		if f := e.checkKey(key); f != nil {
			return nil, f
		}
		gone[key] = true
	}
	targets, f := e.tagged(c, c.at, true)
	if f != nil {
		return nil, f
	}
	for _, each := range targets {
		v, _ := each.at(c.at)
		kept := []tag{}
		for _, t := range v.tags {
			if !gone[t.key] && !e.on("untag.takes-all") || e.on("untag.nothing") {
				kept = append(kept, t)
			}
		}
		each.retag(c.at, kept)
	}
	return object{}, nil
}

func (e *endpoint) listTags(c *call) (object, *failure) {
	targets, f := e.tagged(c, c.at, false)
	if f != nil {
		return nil, f
	}
	if ids, _ := e.indexed(c.params, "ResourceIds", ""); len(ids) == 0 {
		targets = nil
		for _, each := range e.flowLogs {
			if _, there := each.at(c.at); there && each.owner == c.account && each.region == c.region {
				targets = append(targets, each)
			}
		}
	}
	wanted, f := e.tagFilters(c.params)
	if f != nil {
		return nil, f
	}
	named := map[string]bool{}
	for _, w := range wanted {
		if named[w.key] {
			return nil, fail(400, "InvalidTagKey.Malformed", "The keys of filters must not repeat.")
		}
		named[w.key] = true
	}
	sort.Slice(targets, func(i, j int) bool { return targets[i].order < targets[j].order })
	rows := []any{}
	for _, each := range targets {
		v, _ := each.at(c.at)
		for _, t := range v.tags {
			picked := len(wanted) == 0 || e.on("listtags.filter-ignored")
			for _, w := range wanted {
				picked = picked || w.fits(t)
			}
			if picked && c.params.text("TagType") != "system" {
				rows = append(rows, object{"ResourceType": "flowlog", "ResourceId": each.id, "TagKey": t.key, "TagValue": t.value})
			}
		}
	}
	shown, next, f := e.pageOf(c, rows)
	if f != nil {
		return nil, f
	}
	result := object{"ResourceTags": shown}
	e.putNext(result, next)
	return result, nil
}
