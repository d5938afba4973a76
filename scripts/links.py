"""Every relative link in the Markdown files of a folder leads somewhere.

python3 links.py FOLDER
"""
import os
import re
import sys

LINK = re.compile(r'\]\(([^)\s]+)\)')
FENCE = re.compile(r'^```.*?^```', re.M | re.S)


def slug(title):
    """The anchor of a heading, as GitHub makes it."""
    kept = re.sub(r'[^\w\- ]', '', title.strip().lower())
    return kept.replace(' ', '-')


def anchors(text):
    return {slug(line.lstrip('#')) for line in FENCE.sub('', text).splitlines() if line.startswith('#')}


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def markdown_files(root):
    for folder, folders, files in os.walk(root):
        folders[:] = [f for f in folders if not f.startswith(('build', 'dist', 'node_modules')) and f != '.git']
        for name in files:
            if name.endswith('.md'):
                yield os.path.join(folder, name)


def broken(root):
    for path in sorted(markdown_files(root)):
        for link in LINK.findall(FENCE.sub('', read(path))):
            if re.match(r'[a-z]+:', link):
                continue
            target, _, anchor = link.partition('#')
            aim = os.path.normpath(os.path.join(os.path.dirname(path), target)) if target else path
            if not os.path.exists(aim):
                yield f'{path}: {link} leads nowhere'
            elif anchor and aim.endswith('.md') and anchor not in anchors(read(aim)):
                yield f'{path}: {link} names no heading'


def main():
    found = list(broken(sys.argv[1]))
    print('\n'.join(found) or 'every link leads somewhere')
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
