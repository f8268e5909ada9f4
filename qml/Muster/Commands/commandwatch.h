// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/link.h"
#include "client/values/command.h"
#include "client/values/states.h"

#include <QPointer>
#include <QtQml/qqmlregistration.h>

namespace muster {

/// One command, whole: its result however long, its receipt, and the wish to cancel it.
class CommandWatch : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(muster::Link *link READ link WRITE setLink NOTIFY linkChanged FINAL)
    Q_PROPERTY(QString commandId READ commandId WRITE setCommandId NOTIFY commandIdChanged FINAL)
    Q_PROPERTY(muster::Command command READ command NOTIFY commandChanged FINAL)
    Q_PROPERTY(QString receiptFingerprint READ receiptFingerprint NOTIFY receiptChanged FINAL)
    Q_PROPERTY(QString receiptWords READ receiptWords NOTIFY receiptChanged FINAL)
    Q_PROPERTY(QString receiptText READ receiptText NOTIFY receiptChanged FINAL)
    Q_PROPERTY(QString receiptError READ receiptError NOTIFY receiptChanged FINAL)
    Q_PROPERTY(bool cancelling READ isCancelling NOTIFY cancellingChanged FINAL)
    Q_PROPERTY(muster::states::Loading loading READ loading NOTIFY loadingChanged FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY loadingChanged FINAL)

public:
    using QObject::QObject;

    [[nodiscard]] Link *link() const { return m_link; }
    void setLink(Link *link);
    [[nodiscard]] QString commandId() const { return m_id; }
    void setCommandId(const QString &id);
    [[nodiscard]] const Command &command() const { return m_command; }
    /// Of the key that signed the receipt; empty while it is not here.
    [[nodiscard]] QString receiptFingerprint() const { return m_receipt[QLatin1StringView("fingerprint")].toString(); }
    [[nodiscard]] QString receiptWords() const;
    /// The receipt with all that it takes to check it without this server, to be kept; empty while it is not here.
    [[nodiscard]] QString receiptText() const;
    [[nodiscard]] QString receiptError() const { return m_receiptError; }
    [[nodiscard]] bool isCancelling() const { return m_cancelling; }
    [[nodiscard]] states::Loading loading() const { return m_loading; }
    [[nodiscard]] QString errorText() const { return m_errorText; }

    /// Asks again; what is shown stays until the answer comes.
    Q_INVOKABLE void refresh();
    Q_INVOKABLE void cancel();

signals:
    void linkChanged();
    void commandIdChanged();
    void commandChanged();
    void receiptChanged();
    void cancellingChanged();
    void loadingChanged();
    void cancelled();
    void cancelFailed(const QString &message);

private:
    void take(const QJsonObject &object);
    void askReceipt();
    void setLoading(states::Loading loading, const QString &errorText = {});

    QPointer<Link> m_link;
    QString m_id;
    Command m_command;
    QJsonObject m_receipt;
    QString m_receiptError;
    bool m_cancelling = false;
    quint64 m_asked = 0;
    states::Loading m_loading = states::Loading::Idle;
    QString m_errorText;
};

} // namespace muster
