// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/link.h"
#include "client/values/mergerows.h"
#include "client/values/states.h"

#include <QAbstractListModel>
#include <QJsonArray>
#include <QPointer>
#include <QtQml/qqmlregistration.h>

namespace muster {

/// A list of the server's that comes a page at a time (`items`, `total`, `next`): the first page at once, the others on request, all of
/// them anew when the connection is back or somebody asks. Who is not live keeps what is shown. Lives in the window's thread.
class PagedModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("A list of something: AccountsModel, AuditModel")
    Q_PROPERTY(muster::Link *link READ link WRITE setLink NOTIFY linkChanged FINAL)
    /// Nothing is asked while it is not, and what was shown goes: whose list it was may have changed.
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY itemsChanged FINAL)
    /// How many match on the server.
    Q_PROPERTY(int total READ total NOTIFY itemsChanged FINAL)
    Q_PROPERTY(bool more READ hasMore NOTIFY itemsChanged FINAL)
    Q_PROPERTY(muster::states::Loading loading READ loading NOTIFY loadingChanged FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY loadingChanged FINAL)

public:
    enum Role {
        EntryRole = Qt::UserRole + 1, ///< the item
    };

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] Link *link() const { return m_link; }
    void setLink(Link *link);
    [[nodiscard]] bool isActive() const { return m_active; }
    void setActive(bool active);
    [[nodiscard]] int count() const { return int(m_rows.size()); }
    [[nodiscard]] int total() const { return std::max(m_total, count()); }
    [[nodiscard]] bool hasMore() const { return !m_next.isEmpty(); }
    [[nodiscard]] states::Loading loading() const { return m_loading; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : count(); }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override { return {{EntryRole, QByteArrayLiteral("entry")}}; }

    /// Asks for as many rows as are shown; they stay until the answer is there.
    Q_INVOKABLE void refresh();
    /// Another list from now on, such as after another filter: what is shown goes.
    Q_INVOKABLE void retry();
    Q_INVOKABLE void loadMore();

signals:
    void linkChanged();
    void activeChanged();
    void itemsChanged();
    void loadingChanged();

protected:
    /// What is asked; `limit` and `after` are added.
    [[nodiscard]] virtual QString method() const = 0;
    [[nodiscard]] virtual QJsonObject params() const = 0;
    struct Row
    {
        QString id; ///< tells it from the others
        QVariant entry;
        bool operator==(const Row &) const = default;
    };
    /// An item of the answer as a row.
    [[nodiscard]] virtual Row read(const QJsonObject &item) const = 0;
    [[nodiscard]] const QList<Row> &rows() const { return m_rows; }

private:
    friend struct Rows;

    void show(const QJsonArray &items, bool behind);
    void ask(const QString &after, int limit);
    void take(const QJsonObject &answer, bool behind);
    void setLoading(states::Loading loading, const QString &errorText = {});

    QPointer<Link> m_link;
    QList<Row> m_rows;
    bool m_active = false;
    quint64 m_asked = 0; ///< an answer to an older question is nobody's
    int m_total = 0;
    QString m_next;
    states::Loading m_loading = states::Loading::Idle;
    QString m_errorText;
};

} // namespace muster
