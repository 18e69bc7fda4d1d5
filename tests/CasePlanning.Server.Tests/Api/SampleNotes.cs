using CasePlanning.Application.Pipeline;
using CasePlanning.Domain.Kernel;
using CasePlanning.Server.Api;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace CasePlanning.Server.Tests.Api;

/// <summary>A feature in small, to show and test what a file of routes looks like: notes that can be added, listed and changed.</summary>
internal static class SampleNotes
{
    public static void MapNotes(this RouteGroupBuilder api)
    {
        var routes = api.Section("Notes", "Notes that exist for the tests alone.");

        routes.MapPost("/notes", (Body<NewNote> body, Answers answers) =>
                answers.Created(new AddNote(body.Value), id => new ReadNote(id), id => $"/notes/{id}"))
            .Describes("addNote", "Add a note", "Adds a note. Adding never waits for anybody else.",
                request: Examples.New, response: Examples.Note, status: 201, rules: NoteRules.BookIsFull);

        routes.MapGet("/notes", (Query<NoteFilter> filter, Paging page, Answers answers) =>
                answers.List(new ListNotes(filter.Value, page.Limit, page.After)))
            .Describes("listNotes", "List notes", "All notes, oldest first.", response: new Listing<NoteView>([Examples.Note], null));

        routes.MapGet("/notes/{id:guid}", (Guid id, Answers answers) => answers.Read(new ReadNote(id)))
            .Describes("readNote", "Read a note", "One note with its version.", response: Examples.Note);

        routes.MapPatch("/notes/{id:guid}", (Guid id, IfMatch ifMatch, Body<NoteChanges> body, Answers answers) =>
                answers.Changed(new ChangeNote(id, ifMatch.Version, body.Value), new ReadNote(id)))
            .Describes("changeNote", "Change a note", "Changes the members that are given and leaves the others.",
                request: Examples.Changes, response: Examples.Note, rules: NoteRules.IsClosed);
    }

    private static class Examples
    {
        public static readonly NewNote New = new("She says the move went well.", NoteKind.PhoneCall, Guid.Parse("01999f3a-5c00-7000-8000-000000000002"),
            new DateOnly(2026, 10, 14), new DateTimeOffset(2026, 10, 14, 15, 30, 0, TimeSpan.Zero), 3, true,
            new NoteChild("Kezia", [new NoteIdentifier("upn", "X123456789012")]), ["home"]);

        public static readonly NoteView Note = new(Guid.Parse("01999f3a-5c00-7000-8000-000000000001"), New.Words, New.Kind, New.On, New.At, null, 1);

        public static readonly NoteChanges Changes = new(Words: "She says the move went very well.");
    }
}

internal static class NoteRules
{
    public static readonly NamedRule BookIsFull = new("note.book-is-full", "The book of notes is full.");

    public static readonly NamedRule IsClosed = new("note.is-closed", "A closed note cannot be changed.");
}

public enum NoteKind
{
    Letter,
    PhoneCall,
}

/// <summary>A note to add.</summary>
/// <param name="Words">What was said.</param>
public sealed record NewNote(
    string Words, NoteKind Kind, Guid Author, DateOnly On, DateTimeOffset At, int Stars, bool Shared, NoteChild Child,
    IReadOnlyList<string> Labels, string? Aside = null, decimal? Cost = null, double? Weight = null, NoteKind? Second = null);

public sealed record NoteChild(string GivenName, IReadOnlyList<NoteIdentifier>? Identifiers = null);

public sealed record NoteIdentifier(string System, string Value);

public sealed record NoteChanges(
    Change<string> Words = default, Change<string?> Aside = default, Change<DateOnly> On = default, Change<NoteKind?> Kind = default);

/// <param name="Kind">Only notes of this kind.</param>
/// <param name="Since">Only notes from this day on.</param>
public sealed record NoteFilter(NoteKind? Kind = null, DateOnly? Since = null, bool Mine = false);

public sealed record NoteView(Guid Id, string Words, NoteKind Kind, DateOnly On, DateTimeOffset At, string? Aside, int Version) : IVersionedView;

public sealed record AddNote(NewNote Body) : ICreates, IWithBody<NewNote>;

public sealed record ChangeNote(Guid Id, int Version, NoteChanges Body) : ICommand, IWithBody<NoteChanges>;

public sealed record ReadNote(Guid Id) : IQuery<NoteView>;

public sealed record ListNotes(NoteFilter Filter, int Limit, string? After) : IQuery<Page<NoteView>>;

public sealed class NewNoteValidator : AbstractValidator<NewNote>
{
    public NewNoteValidator()
    {
        RuleFor(n => n.Words).Words(200);
        RuleFor(n => n.Aside).OptionalWords(50);
        RuleFor(n => n.Stars).InclusiveBetween(0, 5);
        RuleFor(n => n.Child).SetValidator(new NoteChildValidator());
        RuleForEach(n => n.Labels).Line(30);
    }
}

public sealed class NoteChildValidator : AbstractValidator<NoteChild>
{
    public NoteChildValidator()
    {
        RuleFor(c => c.GivenName).Line(20);
        RuleForEach(c => c.Identifiers).SetValidator(new NoteIdentifierValidator());
    }
}

public sealed class NoteIdentifierValidator : AbstractValidator<NoteIdentifier>
{
    public NoteIdentifierValidator()
    {
        RuleFor(i => i.System).Line(10);
        RuleFor(i => i.Value).Line(20);
    }
}

public sealed class NoteChangesValidator : AbstractValidator<NoteChanges>
{
    public NoteChangesValidator()
    {
        RuleFor(c => c.Words.Value).Words(200).When(c => c.Words.IsGiven);
        RuleFor(c => c.Aside.Value).OptionalWords(50);
    }
}
