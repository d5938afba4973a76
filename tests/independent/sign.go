package main

// sign.go: who sent a request: HMAC-SHA256 signatures in the Authorization header or in the query.

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"sort"
	"strconv"
	"strings"
	"time"
)

const stamp = "20060102T150405Z"

// claim is what a request says of its signature.
type claim struct {
	key, date, region, service, ending string
	names                              []string // signed headers
	signature, time, token             string
	lifetime                           time.Duration
	inQuery                            bool
}

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

func escape(s string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-_.~", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(digits[c>>4])
		b.WriteByte(digits[c&15])
	}
	return b.String()
}

func (e *endpoint) canonicalQuery(pairs []pair) string {
	type coded struct{ name, value string }
	var all []coded
	for _, each := range pairs {
		all = append(all, coded{escape(each.name), escape(each.value)})
	}
	sort.SliceStable(all, func(i, j int) bool {
		if e.on("auth.index-sort") {
			return all[i].name+"="+all[i].value < all[j].name+"="+all[j].value
		}
		return all[i].name < all[j].name
	})
	var parts []string
	for _, each := range all {
		parts = append(parts, each.name+"="+each.value)
	}
	return strings.Join(parts, "&")
}

func (e *endpoint) parseScope(cl *claim, credential string) *failure {
	parts := strings.Split(credential, "/")
	if len(parts) != 5 {
		return e.malformed(fail(400, "InvalidCredential", "The specified credential is malformed."))
	}
	cl.key, cl.date, cl.region, cl.service, cl.ending = parts[0], parts[1], parts[2], parts[3], parts[4]
	for _, each := range []pair{{"access key", cl.key}, {"service", cl.service}, {"region", cl.region}} {
		if each.value == "" {
			return fail(400, "MissingRequestInfo", "The request is missing "+each.name+" information.")
		}
	}
	if cl.ending != "request" && !e.on("auth.scope-ending-unchecked") {
		return e.malformed(fail(400, "InvalidCredential", "The specified credential is malformed."))
	}
	return nil
}

// malformed is f, or in another lawful reading the same as if nothing had come.
func (e *endpoint) malformed(f *failure) *failure {
	if e.on("auth.malformed-is-missing") {
		return fail(401, "MissingAuthenticationToken", "The request is missing authentication token.")
	}
	return f
}

func (e *endpoint) headerClaim(r *http.Request) (*claim, *failure) {
	text := r.Header.Get("Authorization")
	if text == "" {
		return nil, fail(401, "MissingAuthenticationToken", "The request is missing authentication token.")
	}
	bad := e.malformed(fail(400, "InvalidAuthorization", "The specified authorization is malformed."))
	rest, found := strings.TrimPrefix(text, "HMAC-SHA256 "), strings.HasPrefix(text, "HMAC-SHA256 ")
	if !found {
		return nil, bad
	}
	cl := &claim{time: r.Header.Get("X-Date"), token: r.Header.Get("X-Security-Token"), lifetime: 15 * time.Minute}
	fields := map[string]string{}
	for _, part := range strings.Split(rest, ",") {
		name, value, fine := strings.Cut(strings.TrimSpace(part), "=")
		if !fine {
			return nil, bad
		}
		fields[name] = value
	}
	credential, have := fields["Credential"]
	if !have {
		return nil, bad
	}
	if f := e.parseScope(cl, credential); f != nil {
		return nil, f
	}
	if cl.signature = fields["Signature"]; cl.signature == "" {
		return nil, fail(401, "MissingSignature", "The request is missing signature.")
	}
	if fields["SignedHeaders"] == "" {
		return nil, bad
	}
	cl.names = strings.Split(fields["SignedHeaders"], ";")
	signed := map[string]bool{}
	for _, name := range cl.names {
		signed[strings.ToLower(name)] = true
	}
	unsigned := !signed["x-date"] && !e.on("auth.x-date-unsigned")
	if unsigned || (cl.token != "" && !signed["x-security-token"] && !e.on("auth.session-token-unchecked")) {
		return nil, fail(401, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.")
	}
	return cl, nil
}

func (e *endpoint) queryClaim(p *params) (*claim, *failure) {
	if p.text("X-Algorithm") != "HMAC-SHA256" {
		return nil, e.malformed(fail(400, "InvalidAuthorization", "The specified authorization is malformed."))
	}
	cl := &claim{time: p.text("X-Date"), token: p.text("X-Security-Token"), lifetime: 900 * time.Second, inQuery: true}
	if f := e.parseScope(cl, p.text("X-Credential")); f != nil {
		return nil, f
	}
	if cl.signature = p.text("X-Signature"); cl.signature == "" {
		return nil, fail(401, "MissingSignature", "The request is missing signature.")
	}
	if names := p.text("X-SignedHeaders"); names != "" {
		cl.names = strings.Split(names, ";")
	}
	if life, have := p.get("X-Expires"); have {
		n, err := strconv.Atoi(life)
		if err != nil || n < 1 || n > 7*24*3600 {
			return nil, e.timestamp()
		}
		cl.lifetime = time.Duration(n) * time.Second
	}
	return cl, nil
}

func (e *endpoint) timestamp() *failure {
	status := 400
	if e.on("timestamp.403") {
		status = 403
	}
	return fail(status, "InvalidTimestamp", "The specified timestamp is expired or lies in the future.")
}

// queries are the sets of parameters that a client may have signed.
func (cl *claim) queries(p *params) [][]pair {
	if !cl.inQuery {
		return [][]pair{p.pairs}
	}
	listed := map[string]bool{}
	for _, name := range strings.Split(p.text("X-SignedQueries"), ";") {
		listed[name] = true
	}
	// A session token is signed and listed, signed and not listed, or neither: clients differ.
	var whole, withToken, named, alsoItself []pair
	covered := true
	for _, each := range p.pairs {
		if each.name == "X-Signature" {
			continue
		}
		withToken = append(withToken, each)
		if each.name == "X-Security-Token" && !listed[each.name] {
			continue
		}
		whole = append(whole, each)
		if listed[each.name] {
			named = append(named, each)
		} else if !strings.HasPrefix(each.name, "X-") {
			covered = false
		}
		if listed[each.name] || each.name == "X-SignedQueries" {
			alsoItself = append(alsoItself, each)
		}
	}
	if !covered {
		return [][]pair{whole, withToken}
	}
	return [][]pair{whole, withToken, named, alsoItself}
}

func headerBlock(r *http.Request, names []string, host string) string {
	sorted := append([]string(nil), names...)
	sort.Strings(sorted)
	var b strings.Builder
	for _, name := range sorted {
		value := strings.Join(r.Header.Values(name), ",")
		switch strings.ToLower(name) {
		case "host":
			value = host
		case "content-length":
			value = strconv.FormatInt(r.ContentLength, 10)
		}
		b.WriteString(strings.ToLower(name) + ":" + strings.TrimSpace(value) + "\n")
	}
	return b.String()
}

// holds says whether the signature is that of this request under this secret.
func (e *endpoint) holds(cl *claim, r *http.Request, query *params, body []byte, secret string) bool {
	if e.on("auth.any-signature") || (cl.inQuery && e.on("auth.query-form-unchecked")) {
		return true
	}
	hashes := []string{sum(body)}
	if _, have := query.get("X-NotSignBody"); have && cl.inQuery {
		hashes = append(hashes, sum(nil))
	}
	if given := r.Header.Get("X-Content-Sha256"); given != "" {
		if e.on("auth.body-unchecked") {
			hashes = append(hashes, given)
		} else if given != sum(body) {
			return false
		}
	}
	hosts := []string{r.Host}
	for _, port := range []string{":80", ":443"} {
		if strings.HasSuffix(r.Host, port) {
			hosts = append(hosts, strings.TrimSuffix(r.Host, port))
		}
	}
	scope := strings.Join([]string{cl.date, cl.region, cl.service, cl.ending}, "/")
	key := []byte(secret)
	for _, part := range []string{cl.date, cl.region, cl.service, cl.ending} {
		key = mac(key, part)
	}
	for _, pairs := range cl.queries(query) {
		for _, hash := range hashes {
			for _, host := range hosts {
				for _, empty := range []string{"", "\n"} {
					block := headerBlock(r, cl.names, host)
					if block == "" {
						block = empty
					}
					canonical := strings.Join([]string{r.Method, "/", e.canonicalQuery(pairs), block,
						strings.ToLower(strings.Join(cl.names, ";")), hash}, "\n")
					text := "HMAC-SHA256\n" + cl.time + "\n" + scope + "\n" + sum([]byte(canonical))
					if hmac.Equal([]byte(hex.EncodeToString(mac(key, text))), []byte(cl.signature)) {
						return true
					}
				}
			}
		}
	}
	return false
}

// authenticate finds the account that signed the request and fills in what the scope says.
func (e *endpoint) authenticate(c *call, r *http.Request, query *params, body []byte) *failure {
	var cl *claim
	var f *failure
	if _, have := query.get("X-Signature"); have || query.text("X-Algorithm") != "" {
		cl, f = e.queryClaim(query)
	} else {
		cl, f = e.headerClaim(r)
	}
	if f != nil {
		return f
	}
	c.service, c.region = cl.service, cl.region
	if cl.service != "vpc" {
		return fail(404, "ServiceNotFound", "The specified service "+cl.service+" is not found.")
	}
	at, err := time.Parse(stamp, cl.time)
	if err != nil {
		return e.timestamp()
	}
	expired := c.at.Sub(at) > cl.lifetime && !e.on("auth.expired-accepted")
	future := at.Sub(c.at) > 15*time.Minute && !e.on("auth.future-accepted")
	if expired || future {
		return e.timestamp()
	}
	if !strings.HasPrefix(cl.time, cl.date) && !e.on("auth.scope-date-unchecked") {
		return e.malformed(fail(400, "InvalidCredential", "The date of the credential is not that of the request."))
	}
	a := e.accountOf(cl.key)
	if a == nil {
		status := 401
		if e.on("access-key.403") {
			status = 403
		}
		return fail(status, "InvalidAccessKey", "The specified access key is invalid.")
	}
	if cl.token != a.token && !e.on("auth.session-token-unchecked") {
		return fail(401, "InvalidSecretToken", "The specified security token is invalid.")
	}
	if !e.holds(cl, r, query, body, a.secret) {
		return fail(401, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.")
	}
	c.account, c.known = a, true
	return nil
}
