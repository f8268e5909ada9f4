// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/auditdetail.h"

#include "server/secrets.h"

#include <QJsonDocument>

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

QByteArray textOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

QJsonObject auditDetail(const QJsonObject &params)
{
    QJsonObject clean = withoutSecrets(params, Hidden::All).toObject();
    const QByteArray text = textOf(clean);
    if (text.size() <= auditDetailBytes)
        return clean;
    // As a text within JSON it may grow: every quote takes a backslash.
    for (qsizetype length = auditDetailBytes - 64;; length -= length / 8) {
        QString begins = QString::fromUtf8(text.first(length));
        while (begins.endsWith(QChar::ReplacementCharacter))
            begins.chop(1);
        QJsonObject cut{{"cut"_L1, text.size()}, {"begins"_L1, begins}};
        if (textOf(cut).size() <= auditDetailBytes)
            return cut;
    }
}

} // namespace muster::store
