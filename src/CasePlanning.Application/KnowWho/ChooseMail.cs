using CasePlanning.Application.Mail;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.KnowWho;

/// <summary>What the caller is sent by mail, and how often.</summary>
public sealed record ReadMailChoice : IQuery<MailChoiceView>, ISignedIn;

/// <summary>Chooses what the caller is sent by mail, and how often.</summary>
public sealed record ChooseMail(MailChoiceView Body) : ICommand, ISignedIn, IWithBody<MailChoiceView>;

/// <summary>What somebody is sent by mail. Invitations, and word of emergency access, are sent whatever is chosen.</summary>
/// <param name="Digest">What is new and what is asked, in one mail a morning: <c>daily</c> or <c>off</c>.</param>
/// <param name="RecheckNeeded">A view has put a decision in question that you may decide on.</param>
/// <param name="RestrictionChanged">Something was hidden from somebody on a plan on which you answer for that, or is hidden no longer.</param>
/// <param name="ReplyOwed">You were asked something, or have not answered in time.</param>
public sealed record MailChoiceView(HowOften Digest, HowOften RecheckNeeded, HowOften RestrictionChanged, HowOften ReplyOwed);

public sealed class MailChoiceValidator : AbstractValidator<MailChoiceView>
{
    public MailChoiceValidator() => RuleFor(c => c.Digest).Must(often => often is not HowOften.Immediate)
        .WithErrorCode("not-immediate").WithMessage("The digest comes once a day, or not at all.");
}

public sealed class ChooseMailHandler(IPlanningDatabase database, CurrentCall call, Correspondents correspondents)
    : IRequestHandler<ReadMailChoice, MailChoiceView>, IRequestHandler<ChooseMail, Written>
{
    public async Task<MailChoiceView> Handle(ReadMailChoice request, CancellationToken cancellationToken)
    {
        var choice = await correspondents.ChoiceOf(call.PersonId, cancellationToken);
        return new MailChoiceView(choice.Digest, choice.RecheckNeeded, choice.RestrictionChanged, choice.ReplyOwed);
    }

    public async Task<Written> Handle(ChooseMail request, CancellationToken cancellationToken)
    {
        var (person, (digest, recheckNeeded, restrictionChanged, replyOwed)) = (call.PersonId, request.Body);
        var choice = await database.MailChoices.SingleOrDefaultAsync(c => c.PersonId == person, cancellationToken);
        if (choice is null)
            database.MailChoices.Add(choice = await correspondents.ChoiceOf(person, cancellationToken));
        choice.Choose(digest, recheckNeeded, restrictionChanged, replyOwed);
        return new Written(person);
    }
}
