// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operators/failedattempts.h"

#include <QJsonObject>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster::operators {

namespace {

constexpr qint64 forgottenAfterMs = 15 * 60'000;

} // namespace

FailedAttempts::FailedAttempts(int allowed, qsizetype most)
    : m_allowed(allowed)
    , m_most(most)
{
}

Result<void> FailedAttempts::check(const QString &key, qint64 time) const
{
    const auto attempts = m_attempts.constFind(key);
    if (attempts == m_attempts.cend() || attempts->failed < m_allowed)
        return {};
    const qint64 wait = attempts->since + forgottenAfterMs - time;
    if (wait <= 0)
        return {};
    return failure(TooMany, u"too many failed attempts: try again in %1 min"_s.arg(wait / 60'000 + 1),
                   QJsonObject{{"retry_after_s"_L1, wait / 1000 + 1}});
}

void FailedAttempts::note(const QString &key, qint64 time)
{
    if (!m_attempts.contains(key) && m_attempts.size() >= m_most) {
        tidy(time);
        if (m_attempts.size() >= m_most)
            m_attempts.erase(std::ranges::min_element(std::as_const(m_attempts), {}, &Attempts::since));
    }
    Attempts &attempts = m_attempts[key];
    if (attempts.since + forgottenAfterMs < time)
        attempts = {};
    if (attempts.failed++ == 0)
        attempts.since = time;
}

void FailedAttempts::takeBack(const QString &key)
{
    if (const auto attempts = m_attempts.find(key); attempts != m_attempts.end() && attempts->failed > 0)
        --attempts->failed;
}

void FailedAttempts::tidy(qint64 time)
{
    m_attempts.removeIf([time](const auto &attempts) { return attempts.value().since + forgottenAfterMs < time; });
}

} // namespace muster::operators
