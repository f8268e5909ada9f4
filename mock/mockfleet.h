// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mock/mockbooks.h"
#include "mock/mockfeature.h"
#include "mock/mockgate.h"
#include "mock/mockmembers.h"
#include "mock/mocktable.h"

#include <QJsonArray>

#include <functional>
#include <memory>
#include <vector>

namespace muster {

/// An invented fleet that answers the methods of the operator API. The same seed and clock give the same answers, to
/// the byte: screens are compared by their pictures. It knows its devices; everything else its features bring along.
class MockFleet
{
    Q_DISABLE_COPY_MOVE(MockFleet)

public:
    enum class Kind : quint8 {
        Ordinary,
        Empty,   ///< no devices, no approvals
        Hostile, ///< every text is as nasty as a device can make it
    };
    /// What a device answers to a call.
    using Answer = std::function<Result<QJsonValue>(const mock::Device &, const QString &method, const QJsonObject &params)>;

    /// The moment at which pictures are taken: 14 March 2026, 09:41:02 UTC.
    static constexpr qint64 pictureTime = 1'773'481'262'000;

    /// @param origin the moment from which ages and outages count
    explicit MockFleet(Kind kind = Kind::Ordinary, int devices = 1204, qint64 origin = pictureTime);
    ~MockFleet() = default;

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] bool isHostile() const { return m_kind == Kind::Hostile; }
    [[nodiscard]] qint64 origin() const { return m_origin; }
    [[nodiscard]] qint64 now() const { return m_now; }
    void setNow(qint64 now);

    /// Answers one method other than Live.*, if who is signed in may call it.
    [[nodiscard]] Result<QJsonValue> call(const QString &method, const QJsonObject &params);
    /// {total, counts, offset, ids, rows} of a window of the list.
    [[nodiscard]] QJsonObject window(const QJsonObject &params) const;
    [[nodiscard]] QJsonValue device(const QString &id) const; ///< null when there is none
    [[nodiscard]] QJsonObject counts() const;

    /// What its features know of a device; with an empty id where there is none.
    [[nodiscard]] mock::Device facts(const QString &id) const { return m_members.facts(id); }
    /// The same; NotFound where there is none.
    [[nodiscard]] Result<mock::Device> known(const QString &id) const;
    [[nodiscard]] MockMembers &members() { return m_members; }
    [[nodiscard]] MockTable &table() { return m_table; }
    [[nodiscard]] MockGate &gate() { return m_gate; }
    [[nodiscard]] MockBooks &books() { return m_books; }
    /// What a person did stands in the audit.
    void noteAudit(const QString &method, const QString &target, const QString &outcome, const QJsonObject &detail = {});

    /// How devices answer, and how many keys wait: features know.
    void setAnswer(Answer answer) { m_answer = std::move(answer); }
    void setWaiting(std::function<int()> waiting) { m_waiting = std::move(waiting); }
    /// What devices report of themselves, as one device alone shows it.
    void setReported(std::function<QJsonObject(const mock::Device &)> reported) { m_reported = std::move(reported); }
    [[nodiscard]] Result<QJsonValue> ask(const mock::Device &device, const QString &method, const QJsonObject &params) const;

    /// One of its features, for tests that let something happen there.
    template <typename Feature>
    [[nodiscard]] Feature &feature()
    {
        for (const auto &one : m_features) {
            if (auto *wanted = dynamic_cast<Feature *>(one.get()))
                return *wanted;
        }
        qFatal("the invented fleet has no such feature");
    }

private:
    void addDevices();
    void addRecords(); ///< mockrecords.cpp
    /// Another token for a device, or none. @param token empty: none
    void addShares();
    [[nodiscard]] Result<QJsonValue> setToken(const QString &id, const QString &token);
    void addEvents(); ///< mockevents.cpp

    Kind m_kind;
    qint64 m_origin;
    qint64 m_now;
    MockMembers m_members;
    QHash<QString, QStringList> m_shares; ///< with whom, by device
    MockGate m_gate;
    MockBooks m_books;
    MockTable m_table;
    Answer m_answer;
    std::function<int()> m_waiting;
    std::function<QJsonObject(const mock::Device &)> m_reported;
    std::vector<std::unique_ptr<MockFeature>> m_features;
};

} // namespace muster
