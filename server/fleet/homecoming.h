// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QSet>

#include <chrono>
#include <optional>

namespace muster::fleet {

/// How the fleet comes back after the server was away.
class Homecoming
{
public:
    /// A device that was online when the server was last there.
    void expect(const QString &id) { m_away.insert(id); }
    /// The server is there; whoever was expected may come.
    void begin();
    /// A device is online. @return true where it was the one with which nearly all were back
    bool noteReturn(const QString &id);

    [[nodiscard]] qsizetype expected() const { return m_expected; }
    [[nodiscard]] qsizetype returned() const { return m_expected - m_away.size(); }
    /// Until nearly all were back; some may never come.
    [[nodiscard]] std::optional<std::chrono::seconds> took() const { return m_took; }
    [[nodiscard]] QJsonObject toJson() const;

private:
    QSet<QString> m_away; ///< of those that are expected
    qsizetype m_expected = 0;
    qint64 m_began = 0; ///< by the steady clock
    std::optional<std::chrono::seconds> m_took;
};

} // namespace muster::fleet
