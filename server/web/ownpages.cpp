// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/ownpages.h"

#include <QCryptographicHash>
#include <QFile>

using namespace Qt::Literals::StringLiterals;

namespace muster::web {

namespace {

QByteArray resource(const QString &name)
{
    QFile file(u":/muster/web/"_s + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is not in the program", qPrintable(name));
    return file.readAll();
}

/// How a policy names a text that stands in the page (CSP 3, section 2.3.1).
QByteArray sourceOf(const QByteArray &text)
{
    return "'sha256-" + QCryptographicHash::hash(text, QCryptographicHash::Sha256).toBase64() + "'";
}

OwnPage pageOf(const QString &name, const QByteArray &script = {})
{
    const QByteArray style = resource(u"style.css"_s);
    OwnPage page{.html = resource(u"frame.html"_s),
                 .policy = "default-src 'none'; img-src data:; style-src " + sourceOf(style)
                           + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"};
    page.html.replace("@style@", style);
    page.html.replace("@body@", resource(name));
    page.html.replace("@script@", script.isEmpty() ? QByteArray() : "<script>" + script + "</script>\n");
    if (!script.isEmpty())
        page.policy += "; connect-src 'self'; script-src " + sourceOf(script);
    return page;
}

} // namespace

OwnPages::OwnPages()
    : waiting(pageOf(u"waiting.html"_s, resource(u"waiting.js"_s)))
    , none(pageOf(u"none.html"_s))
    , damaged(pageOf(u"damaged.html"_s))
    , missing(pageOf(u"missing.html"_s))
{
}

} // namespace muster::web
