package main

// params.go: the parameters of a request, from its query, its form or its JSON, in the order they came.

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sort"
	"strconv"
	"strings"
)

type pair struct{ name, value string }

// params keeps every pair; of a name that comes twice the first counts.
type params struct{ pairs []pair }

// get returns the first value of a name.
func (p *params) get(name string) (string, bool) {
	for _, each := range p.pairs {
		if each.name == name {
			return each.value, true
		}
	}
	return "", false
}

func (p *params) text(name string) string {
	v, _ := p.get(name)
	return v
}

func (p *params) set(name, value string) {
	for i := range p.pairs {
		if p.pairs[i].name == name {
			p.pairs[i].value = value
		}
	}
}

// keepLast makes the last value of a name count.
func (p *params) keepLast() {
	for i, j := 0, len(p.pairs)-1; i < j; i, j = i+1, j-1 {
		p.pairs[i], p.pairs[j] = p.pairs[j], p.pairs[i]
	}
}

func (p *params) dropEmpty() {
	var kept []pair
	for _, each := range p.pairs {
		if each.value != "" {
			kept = append(kept, each)
		}
	}
	p.pairs = kept
}

// fingerprint is equal for requests that ask for the same.
func (p *params) fingerprint() string {
	var all []string
	for _, each := range p.pairs {
		if each.name != "ClientToken" && !strings.HasPrefix(each.name, "X-") {
			all = append(all, each.name+"="+each.value)
		}
	}
	sort.Strings(all)
	return strings.Join(all, "\n")
}

func unescape(s string, plus bool) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '%':
			if i+2 >= len(s) {
				return "", false
			}
			n, err := strconv.ParseUint(s[i+1:i+3], 16, 8)
			if err != nil {
				return "", false
			}
			b.WriteByte(byte(n))
			i += 2
		case s[i] == '+' && plus:
			b.WriteByte(' ')
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String(), true
}

// parseForm reads name=value&… and returns false where a percent sign does not stand before two hex digits.
func parseForm(s string, plus bool) ([]pair, bool) {
	var out []pair
	for _, part := range strings.Split(s, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		n, fine := unescape(name, plus)
		v, alsoFine := unescape(value, plus)
		if !fine || !alsoFine {
			return nil, false
		}
		out = append(out, pair{n, v})
	}
	return out, true
}

func flatten(prefix string, v any, out *[]pair) {
	switch t := v.(type) {
	case map[string]any:
		for k, inner := range t {
			name := k
			if prefix != "" {
				name = prefix + "." + k
			}
			flatten(name, inner, out)
		}
	case []any:
		for i, inner := range t {
			flatten(prefix+"."+strconv.Itoa(i+1), inner, out)
		}
	case nil:
	default:
		*out = append(*out, pair{prefix, fmt.Sprint(t)})
	}
}

// bodyParams reads the body of a POST.
func (e *endpoint) bodyParams(r *http.Request, body []byte) ([]pair, *failure) {
	if len(body) == 0 {
		return nil, nil
	}
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	switch strings.ToLower(strings.TrimSpace(kind)) {
	case "application/x-www-form-urlencoded", "":
		out, fine := parseForm(string(body), true)
		if !fine {
			return nil, fail(400, "InvalidParameter", "The form cannot be decoded.")
		}
		return out, nil
	case "application/json":
		if e.on("json.served") {
			var tree map[string]any
			d := json.NewDecoder(strings.NewReader(string(body)))
			d.UseNumber()
			if err := d.Decode(&tree); err != nil {
				return nil, fail(400, "InvalidParameter", "The JSON cannot be decoded.")
			}
			var out []pair
			flatten("", tree, &out)
			return out, nil
		}
	}
	return nil, fail(415, "UnsupportedMediaType", "The content type of the body is not supported.")
}
