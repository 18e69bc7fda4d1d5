using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using CasePlanning.Server.Tests.Boot;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Faults;

/// <summary>
/// T13: the disk under the database fills up. Writes are refused by name, what can be read without being recorded is read, and
/// when there is room again all goes on; nothing is there in part.
/// </summary>
[Collection(ReleaseBuild.Name)]
public sealed class DiskFullTests(ReleaseBuild release, ITestOutputHelper output)
{
    private const int DiskSize = 48 << 20;
    private static readonly int Cycles = Installation.IsLong ? 5 : 2;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task When_the_disk_is_full_writes_are_refused_and_when_it_is_not_all_goes_on()
    {
        using var disk = await SmallDisk.Mount(DiskSize);
        using var installation = await Installation.Copy(Path.Combine(disk.Directory, "data"));
        await using var server = await installation.Serve(release);
        var reader = server.As(installation.Lead);
        var (refused, acknowledged) = (0, 0);
        for (var cycle = 0; cycle < Cycles; cycle++)
        {
            var address = $"/plans/{installation.Plans[0].Plan}/reading";
            var before = (await reader.Get(address)).Expect(200);
            await using var writing = new Writing(installation);
            disk.Fill();
            writing.Begin(server);
            await Until(() => writing.Refused > Installation.Writers, "Nobody was refused.");
            await writing.End();

            (await reader.Get("/me")).Expect(200);
            (await reader.Get("/frameworks")).Expect(200);
            // What was seen before needs no record, unless somebody was acknowledged before it was full.
            if (writing.Acknowledged == 0)
                (await reader.Get(address, before.ETag)).Expect(304);
            await NobodyCanLook(reader, address);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (await server.Health("ready"), await server.Health("live")));

            disk.MakeRoom();
            var ready = HttpStatusCode.Unused;
            await Until(async () => (ready = await server.Health("ready")) is HttpStatusCode.OK, $"It stays {ready}.");
            var found = await writing.Found(server);
            var (half, lost) = (writing.HalfWritten(found), writing.Lost(found));
            Assert.True((half, lost) == (0, 0), $"{half} that were refused are there, and {lost} that were acknowledged are not.");
            (refused, acknowledged) = (refused + writing.Refused, acknowledged + writing.Acknowledged);
            await writing.SendRestAgain(server);
            Found.Nothing(writing.Faults);
            found = await writing.Found(server);
            Assert.All(writing.Views, view => Assert.Equal(1, found.GetValueOrDefault(view.Words)));
        }

        Assert.Equal(0, (await server.Stop()).ExitCode);
        var integrity = await installation.Integrity();
        var (entries, _) = await installation.VerifiedJournal(release);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"T13: {Cycles} times the disk was full: {acknowledged} acknowledged before, {refused} refused, none of them there in part; integrity {integrity}; {entries} journal entries verify."));
        Assert.Equal("ok", integrity);
    }

    /// <summary>To look at a plan is recorded first, or it is not shown. A few looks may still fit into what is left of the last page.</summary>
    private static async Task NobodyCanLook(ApiCaller reader, string address)
    {
        Answer? refused = null;
        await Until(async () => (refused = await reader.Get(address)).Status is not HttpStatusCode.OK, "Who looks is not recorded, or finds room.");
        Assert.Contains("recorded first", refused!.ExpectProblem(503, "store.full")["detail"].GetString(), StringComparison.Ordinal);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.DoesNotContain("Tamsin", refused.Text, StringComparison.Ordinal);
    }

    private static Task Until(Func<bool> happens, string otherwise) => Until(() => Task.FromResult(happens()), otherwise);

    private static async Task Until(Func<Task<bool>> happens, string otherwise)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await happens())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Longest, otherwise);
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    /// <summary>A disk in memory, of a size that is soon used up.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private const string Mountpoint = "caseplanning-small-disk-";

        private SmallDisk(string directory) => Directory = directory;

        public string Directory { get; }

        private string Ballast => Path.Combine(Directory, "ballast");

        public static async Task<SmallDisk> Mount(int bytes)
        {
            var directory = System.IO.Directory.CreateTempSubdirectory(Mountpoint).FullName;
            var mounted = OperatingSystem.IsLinux() && await Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={bytes}"), "tmpfs", directory);
            if (!mounted)
                System.IO.Directory.Delete(directory);
            Assert.SkipUnless(mounted, "A small disk can be mounted by root on Linux alone.");
            return new SmallDisk(directory);
        }

        public void Fill()
        {
            using var ballast = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            // Ever smaller pieces, so that the last page is taken too.
            for (var piece = new byte[1 << 20]; piece.Length >= 512; piece = new byte[piece.Length / 2])
            {
                try
                {
                    while (true)
                        ballast.Write(piece);
                }
                catch (IOException)
                {
                    // Full, for a piece of this size.
                }
            }
        }

        public void MakeRoom() => File.Delete(Ballast);

        public void Dispose()
        {
            using var unmount = Process.Start("umount", ["-l", Directory]);
            unmount.WaitForExit();
            System.IO.Directory.Delete(Directory, recursive: true);
        }

        private static async Task<bool> Run(string program, params string[] arguments)
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
                await process.StandardError.ReadToEndAsync();
                await process.WaitForExitAsync();
                return process.ExitCode == 0;
            }
            catch (Win32Exception)
            {
                return false;
            }
        }
    }
}
