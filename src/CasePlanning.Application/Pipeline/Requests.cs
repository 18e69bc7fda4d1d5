using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using MediatR;

namespace CasePlanning.Application.Pipeline;

/// <summary>Anybody may send this, signed in or not.</summary>
public interface IPublic;

/// <summary>Any signed-in person or client may send this; the handler reads nothing about a child that is not the caller's own.</summary>
public interface ISignedIn;

/// <summary>Any signed-in professional (a person who works for an agency) may send this.</summary>
public interface IProfessional;

/// <summary>
/// About one plan: the caller must take part in it now and hold <see cref="Needs"/>. A stranger gets the same answer as for
/// something that does not exist.
/// </summary>
public interface IPlanRequest
{
    PlanPart About { get; }

    Permission Needs { get; }
}

/// <summary>
/// For those appointed to <see cref="Needs"/> or, where that names several offices, to any of them. The handler looks in <see cref="CurrentCall.Appointments"/> for which agency or
/// authority, and answers about any other as if it did not exist.
/// </summary>
public interface IAppointed
{
    Office Needs { get; }
}

/// <summary>
/// A command that may also be sent when the consent that its plan rests on was withdrawn, or the child was adopted: it protects
/// somebody, takes something back, or keeps the record of sharing.
/// </summary>
public interface IWhenFrozen
{
    /// <summary>False for those uses of the command that open or add something.</summary>
    bool StaysOpen => true;
}

/// <summary>Besides being allowed to, the person must have shown who they are within the last minutes, by two things.</summary>
public interface IStepUp;

/// <summary>Says what it is for, beyond what its name says; kept in the journal.</summary>
public interface IForPurpose
{
    string? Purpose { get; }
}

/// <summary>Tells of children, though not of one plan only: that it was asked is journaled.</summary>
public interface ITellsOfChildren;

/// <summary>The part of a plan that a request names, by which its plan is found.</summary>
public readonly record struct PlanPart(PlanPartKind Kind, Guid Id)
{
    public static PlanPart Plan(Guid id) => new(PlanPartKind.Plan, id);

    public static PlanPart Review(Guid id) => new(PlanPartKind.Review, id);

    public static PlanPart Contribution(Guid id) => new(PlanPartKind.Contribution, id);

    public static PlanPart Question(Guid id) => new(PlanPartKind.Question, id);

    public static PlanPart Decision(Guid id) => new(PlanPartKind.Decision, id);

    public static PlanPart Action(Guid id) => new(PlanPartKind.Action, id);

    public static PlanPart Target(Guid id) => new(PlanPartKind.Target, id);
}

public enum PlanPartKind
{
    Plan,
    Review,
    Contribution,
    Question,
    Decision,
    Action,
    Target,
}

/// <summary>A request that reads; changes nothing.</summary>
public interface IQuery<out T> : IRequest<T>;

/// <summary>
/// A request that writes. Its handler changes tracked objects and returns the id of the thing written; the pipeline saves once,
/// with everything that belongs to the write, and answers only after the commit.
/// </summary>
public interface ICommand : IRequest<Written>;

/// <summary>A command that starts from a version its sender had read, and that says which version it made of it.</summary>
public interface IFromVersion : ICommand
{
    int ReadAt { get; }
}

/// <summary>A command that creates something: the caller must send an idempotency key, so that a repeat has no second effect.</summary>
public interface ICreates : ICommand;

/// <summary>A request whose JSON body is <typeparamref name="TBody"/>; the body's validator runs before the handler.</summary>
public interface IWithBody<out TBody>
{
    TBody Body { get; }
}

/// <summary>What a command wrote. <paramref name="Replayed"/>: the same key and body had done it before, and nothing was written now.</summary>
/// <param name="Receipt">The hash of the write's journal entry, by which its author can later ask for proof that it is kept.</param>
public sealed record Written(Guid Id, bool Replayed = false, string? Receipt = null)
{
    private readonly IVersioned? changed;

    public Written(Guid id, IVersioned changed)
        : this(id) => this.changed = changed;

    /// <summary>
    /// The version that this write made or left as it was; whoever reads it afterwards may read a later one. Known once it is saved,
    /// and null of what has no version.
    /// </summary>
    public int? Version => changed?.Version;

    /// <summary>What was written, exactly as a read by whoever wrote it would show it now; null when it must be read to be shown.</summary>
    public object? Made { get; init; }
}
