using CasePlanning.Application.Pipeline;
using CasePlanning.Domain.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CasePlanning.Infrastructure.Data;

/// <summary>What holds for every mapped thing on either database, so that no mapping need say it.</summary>
internal static class Conventions
{
    /// <summary>The longest name of an enum's value, with room to spare.</summary>
    private const int EnumLength = 40;

    /// <summary>
    /// Text is the same when its characters are: what SQLite calls BINARY, SQL Server calls BIN2. People's words are never
    /// compared; what is compared (codes, e-mail addresses, search text) is brought to lower case before it is stored.
    /// </summary>
    private static string Collation(bool sqlite) => sqlite ? "BINARY" : "Latin1_General_100_BIN2";

    public static void Declare(ModelConfigurationBuilder model, bool sqlite)
    {
        model.Properties<Enum>().HaveConversion<string>().HaveMaxLength(EnumLength).AreUnicode(false);

        // SQLite has no type for instants that it can put in order, so it gets their ticks.
        if (sqlite)
            model.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        else
            model.Properties<DateTimeOffset>().HaveConversion<Utc>();

        // Every index costs each write; the mappings name those that a query needs.
        model.Conventions.Remove<ForeignKeyIndexConvention>();
        model.Conventions.Add(_ => new LastWord(Collation(sqlite)));
    }

    /// <summary>Runs over the model when all mappings have spoken.</summary>
    private sealed class LastWord(string collation) : IModelFinalizingConvention
    {
        public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
        {
            foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
            {
                foreach (var text in Columns(entity).Where(IsText))
                    text.SetCollation(collation);
                if (IsOurs(entity))
                    ApplyDomainRules(entity);
            }
        }

        private static void ApplyDomainRules(IConventionEntityType entity)
        {
            foreach (var id in entity.FindPrimaryKey()!.Properties)
                id.SetValueGenerated(ValueGenerated.Never);
            foreach (var reference in entity.GetForeignKeys())
                reference.SetDeleteBehavior(DeleteBehavior.Restrict);
            if (entity.ClrType.IsAssignableTo(typeof(IVersioned)))
                entity.FindProperty(nameof(IVersioned.Version))!.SetIsConcurrencyToken(true);
        }

        private static IEnumerable<IConventionProperty> Columns(IConventionTypeBase type) => type.GetProperties()
            .Concat(type.GetComplexProperties().Where(part => !part.IsCollection).SelectMany(part => Columns(part.ComplexType)));

        private static bool IsText(IConventionProperty property) =>
            property.ClrType == typeof(string) || (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType).IsEnum;

        /// <summary>OpenIddict brings entities of its own, whose keys and references are its own affair.</summary>
        private static bool IsOurs(IConventionEntityType entity) =>
            entity.ClrType.Assembly == typeof(IVersioned).Assembly || entity.ClrType.Assembly == typeof(IdempotencyRecord).Assembly;
    }

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        instant => instant.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    private sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(
        instant => instant.ToUniversalTime(), instant => instant);
}
