// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThread>

#include <memory>

namespace muster::test {

/// A line between a program and a server's local socket that can be cut: then both ends hear nothing more, as of a cable that was pulled.
/// Works in a thread of its own, whatever the test does.
class Relay
{
public:
    /// @param path of the socket that it makes @param target of the socket that it leads to
    Relay(const QString &path, const QString &target);
    ~Relay();
    Q_DISABLE_COPY_MOVE(Relay)

    /// From now on nothing passes. What connects is taken, and hears nothing.
    void cut();
    /// New connections pass again; those that were cut end.
    void mend();

private:
    class Line;

    QThread m_thread;
    std::unique_ptr<Line> m_line; ///< lives there
};

} // namespace muster::test
