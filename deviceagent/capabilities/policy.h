// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QStringList>

namespace muster::agent {

/// What the owner of this device lets any server do, accepted or not. A file of the device decides; nothing on the line can
/// change it.
class Policy
{
public:
    /// Everything is permitted.
    Policy() = default;
    /// Reads {"allow": […]} or {"forbid": […]} or both; a name may end in "*". With `allow`, what is not named is forbidden;
    /// `forbid` wins over it.
    /// @return InvalidParams or NotFound, saying what is wrong and where
    [[nodiscard]] static Result<Policy> load(const QString &path);

    [[nodiscard]] bool permits(QStringView method) const;

private:
    QStringList m_allow;
    QStringList m_forbid;
    bool m_allowsAll = true;
};

} // namespace muster::agent
