using System.Globalization;
using System.Text;

namespace CasePlanning.Domain.KnowWho;

/// <summary>
/// A word by which an entry of the directory is found, a row of its own, so that nobody has to read the directory to find one in it.
/// </summary>
public sealed class ExpertiseWord
{
    /// <summary>Of a longer one the beginning is enough.</summary>
    public const int Length = 40;

    private ExpertiseWord()
    {
    }

    private ExpertiseWord(Guid personId, string word) => (PersonId, Word) = (personId, word);

    public Guid PersonId { get; private set; }

    public string Word { get; private set; } = "";

    public static IEnumerable<ExpertiseWord> Of(ExpertiseEntry entry) => entry.Words.Select(word => new ExpertiseWord(entry.PersonId, word));

    /// <summary>
    /// The words of a text as they are kept and looked for: letters and digits in lower case. An apostrophe stands inside a word and is
    /// left out, whichever of its forms it has.
    /// </summary>
    public static IEnumerable<string> AllIn(string text)
    {
        var word = new StringBuilder();
        foreach (var character in text.Append(' '))
        {
            if (char.IsLetterOrDigit(character) || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark)
            {
                word.Append(char.ToLowerInvariant(character));
            }
            else if (character is not ('\'' or '’') && word.Length > 0)
            {
                yield return word.ToString(0, Math.Min(word.Length, Length));
                word.Clear();
            }
        }
    }

    /// <summary>The first text that comes after all words with this beginning, character by character.</summary>
    public static string After(string beginning) => $"{beginning[..^1]}{(char)(beginning[^1] + 1)}";
}
