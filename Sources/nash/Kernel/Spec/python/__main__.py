"""Starts the kernel: `python FOLDER -f CONNECTION_FILE`, as kernel.json says."""

from ipykernel.kernelapp import IPKernelApp

from nash_kernel.kernel import NashKernel

IPKernelApp.launch_instance(kernel_class=NashKernel)
