// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mock/mockcommands.h"
#include "mock/mockcontainers.h"
#include "mock/mockpeople.h"
#include "protocol/rpc/result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>

namespace muster {

/// An invented fleet that answers the methods of the operator API. The same seed and clock give the same answers, to
/// the byte: screens are compared by their pictures. Values are functions of (device, time), nothing is stored.
class MockFleet
{
    Q_DISABLE_COPY_MOVE(MockFleet)

public:
    enum class Kind : quint8 {
        Ordinary,
        Empty,   ///< no devices, no approvals
        Hostile, ///< every text is as nasty as a device can make it
    };

    /// The moment at which pictures are taken: 14 March 2026, 09:41:02 UTC.
    static constexpr qint64 pictureTime = 1'773'481'262'000;

    /// @param origin the moment from which ages and outages count
    explicit MockFleet(Kind kind = Kind::Ordinary, int devices = 1204, qint64 origin = pictureTime);

    void setNow(qint64 now);
    [[nodiscard]] qint64 now() const { return m_now; }

    /// Answers one method other than Live.*.
    [[nodiscard]] Result<QJsonValue> call(const QString &method, const QJsonObject &params);

    /// {total, counts, offset, ids, rows} of a window of the list.
    [[nodiscard]] QJsonObject window(const QJsonObject &params) const;
    /// The rows among `ids` that have changed after `since`.
    [[nodiscard]] QJsonArray changedRows(const QJsonArray &ids, qint64 since) const;
    [[nodiscard]] QJsonValue device(const QString &id) const; ///< null when there is none
    [[nodiscard]] QJsonArray pendingApprovals(const QString &text = {}) const;
    [[nodiscard]] QJsonObject counts() const;
    [[nodiscard]] QJsonObject sample(const QString &id, qint64 time) const;
    /// Whether who is signed in may call a method. @return the server's words where not, or where there is no such method
    /// Refuses params that the method table does not have.
    [[nodiscard]] static Result<void> fits(const QString &method, const QJsonObject &params);
    [[nodiscard]] Result<void> may(const QString &method) const;
    [[nodiscard]] MockPeople &people() { return m_people; }

    /// What its other parts know of a device; with an empty id where there is none.
    [[nodiscard]] mock::Device facts(const QString &id) const;
    [[nodiscard]] MockContainers &containers() { return m_containers; }
    [[nodiscard]] MockCommands &commands() { return m_commands; }

private:
    enum class Fate : quint8 { Well, Warning, Failing, Offline, Never };
    struct Member
    {
        QString id;
        quint64 seed = 0;
        Fate fate = Fate::Well;
        QString trouble; // the condition text of Warning and Failing
        qint64 offlineFor = 0;
        bool pendingKey = false;
        quint64 keySeed = 0;
        QString acceptedBy;
        qint64 acceptedAt = 0;
    };

    void build(int devices);
    void buildApprovals();
    [[nodiscard]] const Member *find(const QString &id) const;
    [[nodiscard]] QJsonObject row(const Member &member) const;
    [[nodiscard]] QJsonObject machine(quint64 seed) const;
    [[nodiscard]] qint64 evidenceAt(const Member &member) const;
    [[nodiscard]] double value(const Member &member, int field, qint64 time) const; // NaN: a gap
    [[nodiscard]] QJsonObject sampleOf(const Member &member, qint64 time) const;
    [[nodiscard]] QList<const Member *> select(const QJsonObject &params) const;
    [[nodiscard]] Result<QJsonValue> health(const QJsonObject &params) const;
    [[nodiscard]] Result<QJsonValue> rejectFrom(const QJsonObject &params);
    [[nodiscard]] Result<QJsonValue> decide(const QJsonObject &params, bool accept);
    [[nodiscard]] QJsonObject reported(const Member &member) const;
    [[nodiscard]] Result<QJsonValue> callDevice(const QJsonObject &params);
    [[nodiscard]] Result<QJsonValue> methodsOf(const mock::Device &device) const;
    [[nodiscard]] Result<QJsonValue> work(const QString &method, const QJsonObject &params);
    [[nodiscard]] QJsonObject serverInfo() const;
    [[nodiscard]] QJsonObject backUp();
    [[nodiscard]] QJsonObject shown(QJsonObject approval) const;
    [[nodiscard]] QList<QJsonObject> approvals(const QString &state, const QString &text) const;

    Kind m_kind;
    qint64 m_origin;
    qint64 m_now;
    QList<Member> m_members;
    QList<QJsonObject> m_approvals;
    MockPeople m_people;
    MockContainers m_containers;
    MockCommands m_commands;
};

} // namespace muster
