using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using FragGuard.Inspection.Breakdown;
using FragGuard.Inspection.Glibc;
using FragGuard.Inspection.Procfs;
using FragGuard.Inspection.Tests.Breakdown;
using FragGuard.Simulation.Tests;

namespace FragGuard.Inspection.Tests.Procfs;

public sealed class InspectedProcessTests
{
    private const string PatternSource =
        """
        #include <stdio.h>
        #include <sys/mman.h>
        #include <unistd.h>

        int main(void)
        {
            long page = sysconf(_SC_PAGESIZE);
            char *start = mmap(0, 8 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            for (int i = 0; i < 8; i += 3)
                start[i * page] = 'a' + i;
            munmap(start + 4 * page, page);
            printf("%p\n", (void *)start);
            fflush(stdout);
            getchar();
        }
        """;

    private const string ZombieSource =
        """
        #include <stdio.h>
        #include <sys/wait.h>
        #include <unistd.h>

        int main(void)
        {
            int child = fork();
            if (child == 0)
                _exit(0);
            siginfo_t ended;
            waitid(P_PID, child, &ended, WEXITED | WNOWAIT);
            printf("%d\n", child);
            fflush(stdout);
            getchar();
        }
        """;

    private const string EndedMainThreadSource =
        """
        #define _GNU_SOURCE
        #include <pthread.h>
        #include <stdio.h>
        #include <sys/syscall.h>
        #include <unistd.h>

        /* Of the process, which is what its main thread is. */
        static char state(void)
        {
            char name[64], state = 0;
            FILE *stat = fopen("/proc/self/stat", "r");
            if (fscanf(stat, "%*d %63s %c", name, &state) != 2)
                _exit(1);
            fclose(stat);
            return state;
        }

        static void *go_on(void *block)
        {
            while (state() != 'Z')
                usleep(1000);
            printf("%ld %p\n", syscall(SYS_gettid), block);
            fflush(stdout);
            getchar();
            _exit(0);
        }

        int main(void)
        {
            static char block[1 << 16] = { 1 };
            pthread_t thread;
            block[1] = 2;
            pthread_create(&thread, 0, go_on, block);
            pthread_exit(0);
        }
        """;

    /// <summary>On a line with e it starts itself again in its own place (execve(2)), on another one it does so in a child.</summary>
    private const string ReplacedSource =
        """
        #include <stdio.h>
        #include <sys/wait.h>
        #include <unistd.h>

        int main(int count, char **words)
        {
            char line[16];
            if (count > 1 && words[1][0] == 'c')
                return 0;
            puts("ready");
            fflush(stdout);
            while (fgets(line, sizeof line, stdin)) {
                if (line[0] == 'e')
                    execl("/proc/self/exe", "child", (char *)0);
                if (!fork())
                    execl("/proc/self/exe", "child", "c", (char *)0);
                wait(0);
                puts("ready");
                fflush(stdout);
            }
        }
        """;

    [Fact]
    public void Pages_AreResidentWhereTheyWereTouched_AndMemoryEndsWhereItIsNotMapped()
    {
        using ChildProgram child = ChildProgram.Compile(PatternSource);
        ulong start = ulong.Parse(child.ReadLine().AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        using InspectedProcess process = InspectedProcess.Open(child.ProcessId);
        ulong page = ResidentPages.PageBytes;

        Assert.Equal("R..R..R.", string.Concat(process.Pages.Of(start, start + (8 * page)).Select(static one => one == PageResidence.Resident ? 'R' : '.')));
        byte[] bytes = new byte[(int)(8 * page)];
        Assert.Equal((int)(4 * page), process.Memory.Read(start, bytes));
        Assert.Equal(('a', (char)0, 'd'), ((char)bytes[0], (char)bytes[page], (char)bytes[3 * page]));
        Assert.Equal(0, process.Memory.Read(start + (4 * page), bytes));
        Assert.Equal(0, process.Memory.Read(ulong.MaxValue - 100, bytes));
        Assert.Equal(child.ProcessId, process.ProcessId);
        Assert.EndsWith("/child", process.Executable, StringComparison.Ordinal);
    }

    [Fact]
    public void ProcessThatEndsWhileRead_IsSaidToHaveEnded()
    {
        using TouchingChild child = new();
        using InspectedProcess process = InspectedProcess.Open(child.ProcessId);
        Assert.NotEmpty(process.Mappings());
        child.Kill();

        Assert.False(process.IsRunning());
        Assert.Equal(InspectionFailure.NoProcess, Assert.Throws<InspectionException>(process.RequireRunning).Failure);
        Assert.Equal(InspectionFailure.NoProcess, Assert.Throws<InspectionException>(process.Mappings).Failure);
        Assert.Equal(0, process.Memory.Read(0x400000, new byte[8]));
    }

    [Fact]
    public void ProcessThatBecomesAnotherProgramWhileRead_IsSaidToHave()
    {
        using ChildProgram child = ChildProgram.Compile(ReplacedSource);
        Assert.Equal("ready", child.ReadLine());
        using InspectedProcess process = InspectedProcess.Open(child.ProcessId);

        child.WriteLine("fork");
        Assert.Equal("ready", child.ReadLine());
        process.RequireRunning();
        Assert.NotEmpty(process.Mappings());

        child.WriteLine("exec");
        Assert.Equal("ready", child.ReadLine());
        foreach (Action look in (Action[])[process.RequireRunning, () => process.Mappings(), () => GlibcInspection.Read(process), () => BreakdownReader.Read(process, [])])
        {
            InspectionException refused = Assert.Throws<InspectionException>(look);
            Assert.Equal(InspectionFailure.NoProcess, refused.Failure);
            Assert.Contains("became another program while it was read", refused.Message, StringComparison.Ordinal);
        }

        using InspectedProcess again = InspectedProcess.Open(child.ProcessId);
        again.RequireRunning();
    }

    [Fact]
    public void AnotherProcessWithTheSameId_IsNotTheOneThatWasOpened()
    {
        ProcessStatus opened = new(4711, "one", 'S', 1, 1, StartTicks: 1000, VirtualBytes: 4096, IsKernelThread: false);

        Assert.True(InspectedProcess.IsSame(opened, opened with { State = 'R', ParentId = 2, Threads = 9 }));
        Assert.False(InspectedProcess.IsSame(opened, opened with { StartTicks = 1001 }));
        Assert.False(InspectedProcess.IsSame(opened, opened with { State = 'Z' }));
        Assert.False(InspectedProcess.IsSame(opened, opened with { VirtualBytes = 0 }));
        Assert.False(InspectedProcess.IsSame(opened, null));
    }

    [Fact]
    public void Zombie_HasNoMemory()
    {
        using ChildProgram parent = ChildProgram.Compile(ZombieSource);
        int zombie = int.Parse(parent.ReadLine(), CultureInfo.InvariantCulture);

        InspectionException refused = Assert.Throws<InspectionException>(() => InspectedProcess.Open(zombie));

        Assert.Equal((InspectionFailure.NoProcess, true), (refused.Failure, refused.Message.Contains("has ended", StringComparison.Ordinal)));
    }

    [Fact]
    public void MainThreadThatEndedBeforeOthers_IsSaidToHave_AndTheirMemoryIsReadByTheirId()
    {
        using ChildProgram child = ChildProgram.Compile(EndedMainThreadSource);
        string[] words = child.ReadLine().Split(' ');
        int thread = int.Parse(words[0], CultureInfo.InvariantCulture);
        ulong block = ulong.Parse(words[1].AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

        InspectionException refused = Assert.Throws<InspectionException>(() => InspectedProcess.Open(child.ProcessId));

        Assert.Equal(InspectionFailure.NoProcess, refused.Failure);
        Assert.Equal(
            $"The main thread of process {child.ProcessId} has ended, while others go on: look at thread {thread} in its place, by -p {thread}.", refused.Message);
        using InspectedProcess process = InspectedProcess.Open(thread);
        byte[] bytes = new byte[1 << 15];
        Assert.Equal(bytes.Length, process.Memory.Read(block, bytes));
        Assert.Equal((1, 2), (bytes[0], bytes[1]));
        Assert.NotNull(GlibcInspection.Read(process));
        Assert.True(BreakdownReader.Read(process, []).System.ResidentBytes > 0);
    }

    [Fact]
    public void ProcessThatIsNot_IsSaidNotToBe()
    {
        LivePrograms.Needs(OperatingSystem.IsLinux(), "Processes are inspected on Linux only.");
        using Process ended = Process.Start("true");
        ended.WaitForExit();

        Assert.Equal(InspectionFailure.NoProcess, Assert.Throws<InspectionException>(() => InspectedProcess.Open(ended.Id)).Failure);
        Assert.Equal(InspectionFailure.NoProcess, Assert.Throws<InspectionException>(() => InspectedProcess.Open(int.MaxValue)).Failure);
    }

    [Fact]
    public void ProgramOf32Bits_IsRefusedByName()
    {
        LivePrograms.Needs(
            OperatingSystem.IsLinux() && System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64,
            "A 32-bit x86 program runs on x86-64 only.");
        string folder = Directory.CreateTempSubdirectory("fragguard-elf-").FullName;
        try
        {
            string program = Path.Combine(folder, "small");
            File.WriteAllBytes(program, SmallProgram.Bytes);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using ChildProgram? child = SmallProgram.TryStart(program);
            if (child is null)
                LivePrograms.Missing("This kernel runs no 32-bit programs.");

            InspectionException refused = Assert.Throws<InspectionException>(() => InspectedProcess.Open(child.ProcessId));

            Assert.Equal(InspectionFailure.Architecture, refused.Failure);
            Assert.Contains("is a 32-bit x86 program", refused.Message, StringComparison.Ordinal);
            child.Kill();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
