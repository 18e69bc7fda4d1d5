using CasePlanning.Application.Pipeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CasePlanning.Infrastructure.Data.Mappings;

internal sealed class PipelineMapping : IEntityTypeConfiguration<IdempotencyRecord>
{
    public void Configure(EntityTypeBuilder<IdempotencyRecord> record)
    {
        record.HasKey(r => new { r.Caller, r.Key });
        record.Property(r => r.Caller).HasMaxLength(IdempotencyRecord.CallerLength);
        record.Property(r => r.Key).HasMaxLength(IdempotencyRecord.KeyLength);
        record.Property(r => r.Request).HasMaxLength(IdempotencyRecord.RequestLength);
        record.Property(r => r.Fingerprint).HasMaxLength(IdempotencyRecord.FingerprintLength);
    }
}
