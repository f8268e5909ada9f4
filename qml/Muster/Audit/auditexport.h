// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "qml/Muster/Audit/auditmodel.h"

namespace muster {

/// Reads all entries that a model's filters let through, and makes one text of them: CSV (RFC 4180) or JSON lines. Lives in the window's thread.
class AuditExport : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(muster::AuditModel *model MEMBER m_model NOTIFY modelChanged FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY progressed FINAL)
    Q_PROPERTY(int read READ read NOTIFY progressed FINAL)

public:
    enum Format { Csv, JsonLines };
    Q_ENUM(Format)

    using QObject::QObject;

    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] int read() const { return m_read; }

    Q_INVOKABLE void begin(muster::AuditExport::Format format);
    Q_INVOKABLE void stop();

    /// A line of the file, without its end.
    [[nodiscard]] static QString csvLine(const QStringList &cells);

signals:
    void modelChanged();
    void progressed();
    void ready(const QString &name, const QString &text);
    void failed(const QString &message);

private:
    void ask(const QString &after);
    void take(const QJsonObject &page);

    QPointer<AuditModel> m_model;
    Format m_format = Csv;
    QJsonObject m_filter;
    QString m_text;
    bool m_busy = false;
    int m_read = 0;
    quint64 m_asked = 0;
};

} // namespace muster
