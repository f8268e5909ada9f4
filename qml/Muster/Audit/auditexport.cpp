// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Audit/auditexport.h"

#include <QJsonDocument>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

constexpr int pageRows = 500;

QString cell(QString text)
{
    // What begins like a formula is one to a spreadsheet, whoever wrote it.
    if (!text.isEmpty() && "=+-@\t\r"_L1.contains(text.front()))
        text.prepend(u'\'');
    if (!text.contains(u'"') && !text.contains(u',') && !text.contains(u'\n') && !text.contains(u'\r'))
        return text;
    return u'"' + text.replace(u"\""_s, u"\"\""_s) + u'"';
}

} // namespace

QString AuditExport::csvLine(const QStringList &cells)
{
    QStringList quoted;
    for (const QString &text : cells)
        quoted << cell(text);
    return quoted.join(u',');
}

void AuditExport::begin(Format format)
{
    if (m_busy || !m_model || !m_model->link())
        return;
    m_format = format;
    m_filter = m_model->filter();
    m_text = format == Csv ? u"time,who,address,what,on,outcome,detail\r\n"_s : QString();
    m_busy = true;
    m_read = 0;
    emit progressed();
    ask({});
}

void AuditExport::stop()
{
    ++m_asked;
    m_busy = false;
    m_text.clear();
    emit progressed();
}

void AuditExport::ask(const QString &after)
{
    QJsonObject asked = m_filter;
    asked["limit"_L1] = pageRows;
    if (!after.isEmpty())
        asked["after"_L1] = after;
    m_model->link()->call(u"Audit.List"_s, asked, this, [this, number = ++m_asked](const Result<QJsonValue> &answer) {
        if (number != m_asked)
            return;
        if (answer)
            return take(answer->toObject());
        stop();
        emit failed(answer.error().message);
    });
}

void AuditExport::take(const QJsonObject &page)
{
    for (const auto &item : page["items"_L1].toArray()) {
        if (m_format == JsonLines) {
            m_text += QString::fromUtf8(QJsonDocument(item.toObject()).toJson(QJsonDocument::Compact)) + u'\n';
        } else {
            const QJsonObject detail = item["detail"_L1].toObject();
            m_text += csvLine({item["time"_L1].toString(), item["actor"_L1].toString(), item["address"_L1].toString(),
                               item["method"_L1].toString(), item["target"_L1].toString(), item["outcome"_L1].toString(),
                               detail.isEmpty() ? QString() : QString::fromUtf8(QJsonDocument(detail).toJson(QJsonDocument::Compact))})
                      + u"\r\n"_s;
        }
        ++m_read;
    }
    if (const QString next = page["next"_L1].toString(); !next.isEmpty() && m_model && m_model->link()) {
        emit progressed();
        return ask(next);
    }
    m_busy = false;
    emit progressed();
    emit ready(m_format == Csv ? u"audit.csv"_s : u"audit.jsonl"_s, std::exchange(m_text, {}));
}

} // namespace muster
