// SPDX-License-Identifier: GPL-3.0-or-later

/** What Chromium and Qt log themselves about a server that is not there, or has just begun. */
export const away = [/QNetworkAccess: got HTTP status code 0/, /status of 503 .*bundle\.json/, /WebSocket connection to .* failed/, /ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE|ERR_SOCKET_NOT_CONNECTED/];
