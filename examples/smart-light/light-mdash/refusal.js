// SPDX-License-Identifier: GPL-3.0-or-later

/** Why a method was not done. The codes are those of Mongoose OS: 400 wrong params, 404 not there, 418 about to restart, 500 failed. */
export class Refusal extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}
