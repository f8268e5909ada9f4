// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace muster::test {

/// A disk of a few MiB at a folder, seen by this process and those it starts from then on, and gone with the last of them. It fills up as
/// real ones do (ENOSPC), and so do all who write to it.
class SmallDisk
{
public:
    /// Needs to be root, or user namespaces. In the main thread, before others start.
    /// @param folder is empty; the disk hides it
    SmallDisk(const QString &folder, int mebibytes);
    ~SmallDisk();
    Q_DISABLE_COPY_MOVE(SmallDisk)

    /// What stood in the way of it; empty for nothing.
    [[nodiscard]] const QString &trouble() const { return m_trouble; }
    /// Leaves no byte. Whoever gives some back meanwhile is why it may be done again. @return whether it is full
    [[nodiscard]] bool fill() const;
    /// Gives back what fill() took.
    void makeRoom() const;

private:
    [[nodiscard]] QString mountAt(int mebibytes) const;

    const QString m_folder;
    const QString m_ballast;
    QString m_trouble;
};

} // namespace muster::test
