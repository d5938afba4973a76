package main

// text.go: what a letter, a digit and a lawful text are, in the dialects that teams write.

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"
)

var (
	asciiWord   = regexp.MustCompile(`^[A-Za-z0-9]$`)
	commonHan   = regexp.MustCompile(`^[A-Za-z0-9\x{4e00}-\x{9fff}]$`)
	scriptHan   = regexp.MustCompile(`^[A-Za-z0-9\p{Han}]$`)
	lettersNd   = regexp.MustCompile(`^[\p{L}\p{Nd}]$`)
	lettersN    = regexp.MustCompile(`^[\p{L}\p{N}]$`)
	lettersMN   = regexp.MustCompile(`^[\p{L}\p{M}\p{N}]$`)
	wordUnicode = regexp.MustCompile(`^[\p{L}\p{M}\p{Nd}\p{Pc}]$`)
	lettersZN   = regexp.MustCompile(`^[\p{L}\p{Z}\p{N}]$`)
	logName     = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$`)
)

// letterOrDigit says whether r is a letter or a digit in names and descriptions (tag false) or in tags.
func (e *endpoint) letterOrDigit(r rune, tag bool) bool {
	s := string(r)
	switch {
	case r == unicode.ReplacementChar || r == '_':
		return false
	case e.on("letters.l-n"):
		return lettersN.MatchString(s)
	case e.on("letters.l-m-n"):
		return lettersMN.MatchString(s)
	case e.on("letters.l-nd"):
		return lettersNd.MatchString(s)
	case e.on("letters.word"):
		return wordUnicode.MatchString(s)
	case e.on("letters.isalnum"):
		return lettersN.MatchString(s) || unicode.Is(unicode.Other_Alphabetic, r)
	case e.on("letters.script-han"):
		return scriptHan.MatchString(s)
	case e.on("letters.tags-aws") && tag:
		return lettersZN.MatchString(s)
	case e.on("letters.tags-common-han") && tag:
		return commonHan.MatchString(s)
	case e.on("letters.ascii-alone"):
		return asciiWord.MatchString(s)
	case tag:
		return lettersNd.MatchString(s)
	}
	return commonHan.MatchString(s)
}

func (e *endpoint) length(s string) int {
	switch {
	case e.on("length.utf16"):
		return len(utf16.Encode([]rune(s)))
	case e.on("length.bytes"):
		return len(s)
	}
	return len([]rune(s))
}

// wellFormed: starts with a letter or digit, goes on with letters, digits and the given signs.
func (e *endpoint) wellFormed(s, signs string) bool {
	for i, r := range []rune(s) {
		astral := e.on("astral.lost") && r > 0xffff
		if !e.letterOrDigit(r, false) && !astral && (i == 0 || !strings.ContainsRune(signs, r)) {
			return false
		}
	}
	return true
}

const tagSigns = " _.:/=+-@"

func (e *endpoint) tagText(s string) bool {
	for _, r := range s {
		if !e.letterOrDigit(r, true) && !strings.ContainsRune(tagSigns, r) {
			return false
		}
	}
	return true
}

// stored is what becomes of a text that was taken.
func (e *endpoint) stored(s string) string {
	if e.on("astral.lost") {
		return strings.Map(func(r rune) rune {
			if r > 0xffff {
				return -1
			}
			return r
		}, s)
	}
	return s
}

func (e *endpoint) checkName(c *call, s, kind string) *failure {
	limit := 128
	if e.on("length.name-129") || (e.on("types.eni-long-names") && kind == "eni") {
		limit = 256
	}
	switch n := e.length(s); {
	case n > limit:
		return fail(400, "InvalidName.Malformed", "The specified name is malformed. Ensure the maximum length of name is 128.")
	case n == 0, !e.wellFormed(s, "._-"):
		return fail(400, "InvalidName.Malformed", "The specified name is malformed.")
	}
	return nil
}

func (e *endpoint) checkDescription(s string) *failure {
	plain := "The specified description is malformed."
	limit := 255
	if e.on("length.description-256") {
		limit = 256
	}
	switch {
	case e.length(s) > limit:
		return fail(400, "InvalidDescription.Malformed", plain+" Ensure the maximum length of description is 255.")
	case !e.wellFormed(s, ",._ =-，。"):
		return fail(400, "InvalidDescription.Malformed", plain)
	case e.on("description.end-refused") && strings.HasSuffix(s, " "):
		return fail(400, "InvalidDescription.Malformed", plain)
	}
	return nil
}
