// SPDX-License-Identifier: GPL-3.0-or-later
pragma Singleton

/// What was called from this window: kept while other pages are looked at.
CallsModel {}
