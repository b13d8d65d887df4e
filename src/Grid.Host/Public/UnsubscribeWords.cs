namespace Grid.Host.Public;

/// <summary>The words of the unsubscribe page in one language. {0} is the address, {1} the sender.</summary>
/// <param name="Language">BCP 47 tag, such as "de".</param>
internal sealed record UnsubscribeWords(string Language)
{
    public required string Title { get; init; }

    public required string ForAddress { get; init; }

    public required string Question { get; init; }

    public required string List { get; init; }

    public required string Sender { get; init; }

    public required string Everyone { get; init; }

    public required string YourAddress { get; init; }

    public required string Button { get; init; }

    public required string Done { get; init; }

    public required string DoneWords { get; init; }

    public required string Unknown { get; init; }

    public required string UnknownWords { get; init; }

    public required string WrongAddress { get; init; }

    /// <summary>All languages; the first is for whoever wants another.</summary>
    public static IReadOnlyList<UnsubscribeWords> All { get; } =
    [
        new("en")
        {
            Title = "Unsubscribe",
            ForAddress = "For the address {0}.",
            Question = "What do you want to stop?",
            List = "Newsletters and offers from {1}",
            Sender = "All mail from {1}, receipts and passwords included",
            Everyone = "Newsletters and offers of every sender that uses this service",
            YourAddress = "Your email address",
            Button = "Unsubscribe",
            Done = "You are unsubscribed",
            DoneWords = "This took effect at once, also for mail that was already waiting to be sent.",
            Unknown = "This link is not valid",
            UnknownWords = "Please open it again from the message, whole and unchanged.",
            WrongAddress = "The message was not sent to that address. Please enter the address at which you received it.",
        },
        new("de")
        {
            Title = "Abmelden",
            ForAddress = "Für die Adresse {0}.",
            Question = "Was möchten Sie nicht mehr erhalten?",
            List = "Newsletter und Angebote von {1}",
            Sender = "Alle E-Mails von {1}, auch Belege und Passwörter",
            Everyone = "Newsletter und Angebote aller Absender, die diesen Dienst nutzen",
            YourAddress = "Ihre E-Mail-Adresse",
            Button = "Abmelden",
            Done = "Sie sind abgemeldet",
            DoneWords = "Das gilt sofort, auch für E-Mails, die schon auf den Versand warteten.",
            Unknown = "Dieser Link ist ungültig",
            UnknownWords = "Bitte öffnen Sie ihn noch einmal aus der Nachricht, vollständig und unverändert.",
            WrongAddress = "An diese Adresse ging die Nachricht nicht. Bitte geben Sie die Adresse ein, an der Sie sie erhalten haben.",
        },
        new("fr")
        {
            Title = "Se désabonner",
            ForAddress = "Pour l’adresse {0}.",
            Question = "Que souhaitez-vous ne plus recevoir ?",
            List = "Les lettres d’information et les offres de {1}",
            Sender = "Tous les messages de {1}, reçus et mots de passe compris",
            Everyone = "Les lettres d’information et les offres de tous les expéditeurs qui utilisent ce service",
            YourAddress = "Votre adresse e-mail",
            Button = "Se désabonner",
            Done = "Vous êtes désabonné",
            DoneWords = "C’est effectif dès maintenant, y compris pour les messages qui attendaient d’être envoyés.",
            Unknown = "Ce lien n’est pas valable",
            UnknownWords = "Veuillez l’ouvrir de nouveau depuis le message, en entier et sans modification.",
            WrongAddress = "Le message n’a pas été envoyé à cette adresse. Veuillez indiquer l’adresse à laquelle vous l’avez reçu.",
        },
        new("es")
        {
            Title = "Cancelar la suscripción",
            ForAddress = "Para la dirección {0}.",
            Question = "¿Qué desea dejar de recibir?",
            List = "Boletines y ofertas de {1}",
            Sender = "Todos los mensajes de {1}, incluidos recibos y contraseñas",
            Everyone = "Boletines y ofertas de todos los remitentes que usan este servicio",
            YourAddress = "Su dirección de correo electrónico",
            Button = "Cancelar la suscripción",
            Done = "Su suscripción está cancelada",
            DoneWords = "Tiene efecto de inmediato, también para los mensajes que ya esperaban su envío.",
            Unknown = "Este enlace no es válido",
            UnknownWords = "Ábralo de nuevo desde el mensaje, completo y sin cambios.",
            WrongAddress = "El mensaje no se envió a esa dirección. Indique la dirección en la que lo recibió.",
        },
        new("it")
        {
            Title = "Annulla l’iscrizione",
            ForAddress = "Per l’indirizzo {0}.",
            Question = "Che cosa non desidera più ricevere?",
            List = "Newsletter e offerte di {1}",
            Sender = "Tutti i messaggi di {1}, comprese ricevute e password",
            Everyone = "Newsletter e offerte di tutti i mittenti che usano questo servizio",
            YourAddress = "Il suo indirizzo e-mail",
            Button = "Annulla l’iscrizione",
            Done = "L’iscrizione è annullata",
            DoneWords = "Ha effetto da subito, anche per i messaggi che erano già in attesa di invio.",
            Unknown = "Questo link non è valido",
            UnknownWords = "Lo apra di nuovo dal messaggio, intero e senza modifiche.",
            WrongAddress = "Il messaggio non è stato inviato a questo indirizzo. Inserisca l’indirizzo al quale lo ha ricevuto.",
        },
        new("pt")
        {
            Title = "Cancelar a subscrição",
            ForAddress = "Para o endereço {0}.",
            Question = "O que deseja deixar de receber?",
            List = "Boletins e ofertas de {1}",
            Sender = "Todas as mensagens de {1}, incluindo recibos e palavras-passe",
            Everyone = "Boletins e ofertas de todos os remetentes que usam este serviço",
            YourAddress = "O seu endereço de e-mail",
            Button = "Cancelar a subscrição",
            Done = "A sua subscrição foi cancelada",
            DoneWords = "Tem efeito imediato, também para mensagens que já aguardavam o envio.",
            Unknown = "Esta ligação não é válida",
            UnknownWords = "Abra-a de novo a partir da mensagem, completa e sem alterações.",
            WrongAddress = "A mensagem não foi enviada para esse endereço. Indique o endereço em que a recebeu.",
        },
        new("nl")
        {
            Title = "Afmelden",
            ForAddress = "Voor het adres {0}.",
            Question = "Wat wilt u niet meer ontvangen?",
            List = "Nieuwsbrieven en aanbiedingen van {1}",
            Sender = "Alle e-mail van {1}, ook bonnen en wachtwoorden",
            Everyone = "Nieuwsbrieven en aanbiedingen van alle afzenders die deze dienst gebruiken",
            YourAddress = "Uw e-mailadres",
            Button = "Afmelden",
            Done = "U bent afgemeld",
            DoneWords = "Dit geldt meteen, ook voor e-mail die al op verzending wachtte.",
            Unknown = "Deze link is niet geldig",
            UnknownWords = "Open hem opnieuw vanuit het bericht, volledig en ongewijzigd.",
            WrongAddress = "Het bericht is niet naar dat adres gestuurd. Vul het adres in waarop u het ontving.",
        },
        new("pl")
        {
            Title = "Wypisz się",
            ForAddress = "Dla adresu {0}.",
            Question = "Czego nie chcesz już otrzymywać?",
            List = "Newsletterów i ofert od {1}",
            Sender = "Żadnych wiadomości od {1}, także potwierdzeń i haseł",
            Everyone = "Newsletterów i ofert od wszystkich nadawców korzystających z tej usługi",
            YourAddress = "Twój adres e-mail",
            Button = "Wypisz się",
            Done = "Wypisano",
            DoneWords = "Działa od razu, także dla wiadomości, które już czekały na wysłanie.",
            Unknown = "Ten link jest nieprawidłowy",
            UnknownWords = "Otwórz go ponownie z wiadomości, w całości i bez zmian.",
            WrongAddress = "Wiadomości nie wysłano na ten adres. Podaj adres, na który ją otrzymano.",
        },
    ];
}
