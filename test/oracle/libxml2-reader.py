"""Reads the roles of SAML responses with libxml2, by paths: JSON lines of base64 documents in, JSON lines of answers out."""

import base64
import json
import re
import sys

from lxml import etree

NAMESPACES = {
    "p": "urn:oasis:names:tc:SAML:2.0:protocol",
    "a": "urn:oasis:names:tc:SAML:2.0:assertion",
    "s11": "http://schemas.xmlsoap.org/soap/envelope/",
    "s12": "http://www.w3.org/2003/05/soap-envelope",
}
VALUES = (
    "p:Response/a:Assertion/a:AttributeStatement"
    "/a:Attribute[@Name='https://aws.amazon.com/SAML/Attributes/Role']/a:AttributeValue"
)
find_values = etree.XPath(
    f"/{VALUES} | /s11:Envelope/s11:Body/{VALUES} | /s12:Envelope/s12:Body/{VALUES}", namespaces=NAMESPACES
)
text_of = etree.XPath("string()")

# What String.prototype.trim takes away.
SPACE = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
ROLE = r"arn:aws(?:-[a-z]+)*:iam::[0-9]{1,12}:role/(?:[\x21-\x39\x3b-\x7e]+/)?[A-Za-z0-9_+=,.@-]+"
PROVIDER = r"arn:aws(?:-[a-z]+)*:iam::[0-9]{1,12}:saml-provider/[A-Za-z0-9_.-]+"
PAIR = re.compile(
    f"[{SPACE}]*(?:({ROLE})[{SPACE}]*,[{SPACE}]*({PROVIDER})[{SPACE}]*,?|({PROVIDER})[{SPACE}]*,[{SPACE}]*({ROLE}))[{SPACE}]*"
)
LABEL = re.compile(rb"((?:\xef\xbb\xbf)?<\?xml\s[^>]*?encoding\s*=\s*[\"'])utf-?16(?:le|be)?", re.IGNORECASE)


def parse(document, **lenient):
    options = {"resolve_entities": False, "no_network": True, "huge_tree": False, "recover": False, **lenient}
    parser = etree.XMLParser(load_dtd=False, dtd_validation=False, **options)
    try:
        root = etree.fromstring(document, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        return None, errors_of(parser) or [str(error)]
    # By itself lxml lets an error of namespaces pass when a warning came after it.
    return root, errors_of(parser)


def errors_of(parser):
    return [entry.message for entry in parser.error_log.filter_from_errors()]


def no_uri(message):
    return "is not a valid URI" in message


def tree(document):
    """Strictly, but for what libxml2 alone objects to: it is then read all the same, so that roles can be compared."""
    root, errors = parse(document)
    if any(no_uri(message) or "too long" in message for message in errors):
        root, errors = parse(document, recover=True, huge_tree=True)
        errors = [message for message in errors if not no_uri(message)]
    # Roleferry believes the bytes, not the declaration: programs write "utf-16" and then send UTF-8.
    if errors and LABEL.match(document):
        return tree(LABEL.sub(rb"\1UTF-8", document, count=1))
    return root, errors


def read(document):
    root, errors = tree(document)
    if root is None or errors:
        return {"refused": "; ".join(errors)[:300], "roles": []}
    pairs = [PAIR.fullmatch(text_of(value)) for value in find_values(root)]
    return {"roles": [[pair[1] or pair[4], pair[2] or pair[3]] for pair in pairs if pair]}


for line in sys.stdin:
    print(json.dumps([read(base64.b64decode(document)) for document in json.loads(line)]), flush=True)
