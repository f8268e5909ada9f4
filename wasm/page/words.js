// SPDX-License-Identifier: GPL-3.0-or-later
// The page's own words in other languages: what stands there before the program, where it has failed, and what is said to screen readers.
// English texts are the keys.
// Which language: as chosen in Settings in this browser, else the first of the browser's that there are words for.
"use strict";

window.musterWords = (() => {
    const de = {
        "Sign in to Muster": "Bei Muster anmelden",
        "Name": "Name",
        "Password": "Passwort",
        "Sign in": "Anmelden",
        "Use a one-time link": "Einmal-Link verwenden",
        "Loading the dashboard": "Das Dashboard wird geladen",
        "Loaded": "Geladen",
        "Loading": "Wird geladen",
        "Starting": "Wird gestartet",
        "Reload": "Neu laden",
        "Open %1": "%1 öffnen",
        "This device has too little memory left": "Auf diesem Gerät ist zu wenig Speicher frei",
        "The dashboard needs about 200 MB. Close other pages, then reload.": "Das Dashboard braucht etwa 200 MB. Schließen Sie andere Seiten und laden Sie neu.",
        "The program arrived damaged": "Das Programm kam beschädigt an",
        "Reload to fetch it again. If it stays so, something between here and the server changes it.": "Laden Sie neu, um es noch einmal zu holen. Bleibt es so, verändert es etwas zwischen hier und dem Server.",
        "The dashboard has stopped": "Das Dashboard ist stehen geblieben",
        "Reload to start it again: everything it showed is on the server.": "Laden Sie neu, um es wieder zu starten: alles, was es zeigte, liegt auf dem Server.",
        "It has not answered for a while. Reload to start it again: everything it showed is on the server.": "Es antwortet seit einer Weile nicht. Laden Sie neu, um es wieder zu starten: alles, was es zeigte, liegt auf dem Server.",
        "This browser is too old": "Dieser Browser ist zu alt",
        "The dashboard needs WebAssembly: use a current Firefox, Chrome, Edge or Safari.": "Das Dashboard braucht WebAssembly: verwenden Sie einen aktuellen Firefox, Chrome, Edge oder Safari.",
        "This browser draws no WebGL": "Dieser Browser zeichnet kein WebGL",
        "The dashboard needs WebGL 2. Switch on hardware acceleration in the browser's settings, or use another browser, muster --connect or musterctl.": "Das Dashboard braucht WebGL 2. Schalten Sie die Hardwarebeschleunigung in den Einstellungen des Browsers ein, oder nehmen Sie einen anderen Browser, muster --connect oder musterctl.",
        "The program is incomplete": "Das Programm ist unvollständig",
        "A part of it did not come, or was changed on its way. Reload to fetch it again.": "Ein Teil kam nicht an oder wurde unterwegs verändert. Laden Sie neu, um es noch einmal zu holen.",
        "The browser took the graphics away": "Der Browser hat die Grafik weggenommen",
        "This happens when the graphics driver restarts, or memory is short. Reload to go on.": "Das geschieht, wenn der Grafiktreiber neu startet oder der Speicher knapp ist. Laden Sie neu, um weiterzumachen.",
        "The server does not answer": "Der Server antwortet nicht",
        "The program could not be fetched. Check the connection, then reload.": "Das Programm konnte nicht geholt werden. Prüfen Sie die Verbindung und laden Sie neu.",
        "The server has been updated meanwhile": "Der Server wurde inzwischen aktualisiert",
        "Reload to get the program that fits it.": "Laden Sie neu, um das passende Programm zu bekommen.",
        "The program could not be fetched": "Das Programm konnte nicht geholt werden",
        "The server answered %1. Try again in a moment.": "Der Server antwortete mit %1. Versuchen Sie es gleich noch einmal.",
        "The program did not arrive whole": "Das Programm kam nicht vollständig an",
        "The connection broke while it came. Reload to fetch it again.": "Die Verbindung brach dabei ab. Laden Sie neu, um es noch einmal zu holen.",
        "The connection broke: trying again": "Die Verbindung brach ab: neuer Versuch",
        "The server does not answer. Check the connection, then try again.": "Der Server antwortet nicht. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.",
        "You signed out.": "Sie haben sich abgemeldet.",
        "Your session ended: %1": "Ihre Sitzung ist beendet: %1",
        "Turn on the screen reader's view": "Ansicht für Screenreader einschalten",
        "Turn off the screen reader's view": "Ansicht für Screenreader ausschalten",
        "For screen readers: the first button of this page turns on their view.": "Für Screenreader: Die erste Schaltfläche dieser Seite schaltet ihre Ansicht ein.",
        "The screen reader's view is on.": "Die Ansicht für Screenreader ist eingeschaltet.",
        "button": "Schaltfläche",
        "link": "Link",
        "check box": "Kontrollkästchen",
        "radio button": "Optionsfeld",
        "tab": "Reiter",
        "menu": "Menü",
        "menu item": "Menüeintrag",
        "text field": "Textfeld",
        "password field": "Passwortfeld",
        "list": "Liste",
        "list item": "Listeneintrag",
        "table": "Tabelle",
        "row": "Zeile",
        "dialog": "Dialog",
        "checked": "aktiviert",
        "not checked": "nicht aktiviert",
        "selected": "ausgewählt",
        "not selected": "nicht ausgewählt",
        "expanded": "aufgeklappt",
        "collapsed": "zugeklappt",
        "read only": "schreibgeschützt",
        "unavailable": "nicht verfügbar",
    };
    const fr = {
        "Sign in to Muster": "Se connecter à Muster",
        "Name": "Nom",
        "Password": "Mot de passe",
        "Sign in": "Se connecter",
        "Use a one-time link": "Utiliser un lien à usage unique",
        "Loading the dashboard": "Chargement du tableau de bord",
        "Loaded": "Chargé",
        "Loading": "Chargement",
        "Starting": "Démarrage",
        "Reload": "Recharger",
        "Open %1": "Ouvrir %1",
        "This device has too little memory left": "Cet appareil n’a plus assez de mémoire",
        "The dashboard needs about 200 MB. Close other pages, then reload.": "Le tableau de bord a besoin d’environ 200 Mo. Fermez d’autres pages, puis rechargez.",
        "The program arrived damaged": "Le programme est arrivé endommagé",
        "Reload to fetch it again. If it stays so, something between here and the server changes it.": "Rechargez pour l’obtenir à nouveau. Si cela persiste, quelque chose entre ici et le serveur le modifie.",
        "The dashboard has stopped": "Le tableau de bord s’est arrêté",
        "Reload to start it again: everything it showed is on the server.": "Rechargez pour le relancer : tout ce qu’il montrait est sur le serveur.",
        "It has not answered for a while. Reload to start it again: everything it showed is on the server.": "Il ne répond plus depuis un moment. Rechargez pour le relancer : tout ce qu’il montrait est sur le serveur.",
        "This browser is too old": "Ce navigateur est trop ancien",
        "The dashboard needs WebAssembly: use a current Firefox, Chrome, Edge or Safari.": "Le tableau de bord a besoin de WebAssembly : utilisez un Firefox, Chrome, Edge ou Safari récent.",
        "This browser draws no WebGL": "Ce navigateur ne dessine pas en WebGL",
        "The dashboard needs WebGL 2. Switch on hardware acceleration in the browser's settings, or use another browser, muster --connect or musterctl.": "Le tableau de bord a besoin de WebGL 2. Activez l’accélération matérielle dans les réglages du navigateur, ou utilisez un autre navigateur, muster --connect ou musterctl.",
        "The program is incomplete": "Le programme est incomplet",
        "A part of it did not come, or was changed on its way. Reload to fetch it again.": "Une partie n’est pas arrivée, ou a été modifiée en chemin. Rechargez pour l’obtenir à nouveau.",
        "The browser took the graphics away": "Le navigateur a retiré l’affichage graphique",
        "This happens when the graphics driver restarts, or memory is short. Reload to go on.": "Cela arrive quand le pilote graphique redémarre ou que la mémoire manque. Rechargez pour continuer.",
        "The server does not answer": "Le serveur ne répond pas",
        "The program could not be fetched. Check the connection, then reload.": "Le programme n’a pas pu être obtenu. Vérifiez la connexion, puis rechargez.",
        "The server has been updated meanwhile": "Le serveur a été mis à jour entre-temps",
        "Reload to get the program that fits it.": "Rechargez pour obtenir le programme qui lui convient.",
        "The program could not be fetched": "Le programme n’a pas pu être obtenu",
        "The server answered %1. Try again in a moment.": "Le serveur a répondu %1. Réessayez dans un instant.",
        "The program did not arrive whole": "Le programme n’est pas arrivé entier",
        "The connection broke while it came. Reload to fetch it again.": "La connexion s’est rompue en chemin. Rechargez pour l’obtenir à nouveau.",
        "The connection broke: trying again": "La connexion s’est rompue : nouvel essai",
        "The server does not answer. Check the connection, then try again.": "Le serveur ne répond pas. Vérifiez la connexion, puis réessayez.",
        "You signed out.": "Vous vous êtes déconnecté.",
        "Your session ended: %1": "Votre session est terminée : %1",
        "Turn on the screen reader's view": "Activer la vue pour lecteurs d’écran",
        "Turn off the screen reader's view": "Désactiver la vue pour lecteurs d’écran",
        "For screen readers: the first button of this page turns on their view.": "Pour les lecteurs d’écran : le premier bouton de cette page active leur vue.",
        "The screen reader's view is on.": "La vue pour lecteurs d’écran est activée.",
        "button": "bouton",
        "link": "lien",
        "check box": "case à cocher",
        "radio button": "bouton radio",
        "tab": "onglet",
        "menu": "menu",
        "menu item": "élément de menu",
        "text field": "champ de texte",
        "password field": "champ de mot de passe",
        "list": "liste",
        "list item": "élément de liste",
        "table": "tableau",
        "row": "ligne",
        "dialog": "boîte de dialogue",
        "checked": "coché",
        "not checked": "non coché",
        "selected": "sélectionné",
        "not selected": "non sélectionné",
        "expanded": "développé",
        "collapsed": "réduit",
        "read only": "lecture seule",
        "unavailable": "indisponible",
    };
    const tables = {en: {}, de, fr};

    function chosen() {
        try {
            return localStorage.getItem("muster.language");
        } catch {
            return null; // a browser may forbid it; nothing depends on it
        }
    }

    const language = [chosen(), ...navigator.languages]
        .map((tag) => String(tag ?? "").split("-")[0].toLowerCase())
        .find((code) => code in tables) ?? "en";
    const words = tables[language];

    /** @returns `text` in the page's language, with `value` in the place of %1; as it is where nobody has translated it */
    const word = (text, value = "") => (words[text] ?? text).replace("%1", () => value);

    /** Translates what stands in the page. */
    function translate(root) {
        document.documentElement.lang = language;
        for (const element of root.querySelectorAll("h1, label, button, [aria-label]")) {
            if (element.hasAttribute("aria-label"))
                element.setAttribute("aria-label", word(element.getAttribute("aria-label")));
            else
                element.textContent = word(element.textContent);
        }
    }

    translate(document.getElementById("loader"));
    return {language, word, texts: tables};
})();
