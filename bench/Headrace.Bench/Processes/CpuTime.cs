namespace Headrace.Bench.Processes;

/// <summary>Processor time in seconds, all cores together.</summary>
/// <param name="User">In the program itself.</param>
/// <param name="Kernel">In the kernel on the program's behalf.</param>
internal readonly record struct CpuTime(double User, double Kernel)
{
    public double Total => User + Kernel;

    public CpuTime Since(CpuTime earlier) => new(User - earlier.User, Kernel - earlier.Kernel);
}
