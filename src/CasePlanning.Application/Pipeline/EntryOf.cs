using CasePlanning.Domain.Journal;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Pipeline;

/// <summary>The journal entry of a request: who sent it, what it did or looked at, and what came of it.</summary>
public static class EntryOf
{
    /// <param name="digest">SHA-256 of what was sent or written.</param>
    /// <param name="result">What a write made; null for a look.</param>
    public static JournalEntry Allowed(object request, CurrentCall call, ReadOnlySpan<byte> digest, DateTimeOffset now, Guid? result = null)
    {
        var verdict = call.ViewerIfAny?.Standing is Standing.Emergency ? Verdict.Emergency : Verdict.Allowed;
        return new JournalEntry(ActorOf(call), DeedOf(request, call.ViewerIfAny?.PlanId, result), verdict, digest, now);
    }

    /// <param name="planId">The plan that was asked for, also when the caller may not know it; null when there is none.</param>
    public static JournalEntry Denied(object request, CurrentCall call, Guid? planId, DateTimeOffset now) =>
        new(ActorOf(call), DeedOf(request, planId, result: null), Verdict.Denied, [], now);

    private static Actor ActorOf(CurrentCall call) =>
        new(call.Caller.PersonId, call.Caller.ClientId, call.Author?.PersonId, call.ViewerIfAny?.AgencyId ?? call.Client?.AgencyId, call.Caller.RequestId);

    private static Deed DeedOf(object request, Guid? planId, Guid? result)
    {
        var about = (request as IPlanRequest)?.About;
        return new Deed(request.GetType().Name, request is ICommand, planId, about?.Kind.ToString(), about?.Id, result, (request as IForPurpose)?.Purpose);
    }
}
