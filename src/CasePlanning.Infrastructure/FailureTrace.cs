namespace CasePlanning.Infrastructure;

/// <summary>What may be logged of a failure.</summary>
internal static class FailureTrace
{
    /// <summary>What failed and where, without the messages: a database's may hold the values of a row, which here are a child's.</summary>
    public static string WithoutWords(this Exception failure)
    {
        var causes = new List<string>();
        for (Exception? each = failure; each is not null; each = each.InnerException)
            causes.Add($"{each.GetType().FullName} at {each.StackTrace?.Trim()}");
        return string.Join("\n caused by ", causes);
    }
}
