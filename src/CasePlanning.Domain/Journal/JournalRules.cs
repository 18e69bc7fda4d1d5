using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.Journal;

public static class JournalRules
{
    public static readonly NamedRule NotSignedYet =
        new("journal.not-signed-yet", "This entry is kept, and not yet under a signed checkpoint. Ask again in a minute.");
}
